import { Role } from "../contracts/role.ts";

export const DEMO_DOMAIN = "demo.wheelhouse.example";

/** One user a role, without a password: the only way in is the demo sign-in. */
export const DEMO_USERS = Role.options.map((role) => ({
  role,
  email: `${role}@${DEMO_DOMAIN}`,
  name: `Demo ${role}`,
}));

export function isDemoUser(email: string): boolean {
  return email.endsWith(`@${DEMO_DOMAIN}`);
}
