import type { Messages } from "@/components/messages/en.ts";
import { Role } from "@/server/contracts/role.ts";

/** The roles with what each may do. */
export const roleOptions = ({ shell, settings }: Messages) =>
  Role.options.map((role) => ({ value: role, label: `${shell.roles[role]}: ${settings.roles[role]}` }));
