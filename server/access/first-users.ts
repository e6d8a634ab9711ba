import { randomBytes } from "node:crypto";
import type { Role } from "../contracts/role.ts";
import { SYSTEM } from "../services/actor.ts";
import type { Audit } from "../services/ports.ts";
import { DEMO_USERS } from "./demo-users.ts";
import type { UserStore } from "./ports.ts";

export type FirstAdmin = { email: string; password: string };

export type FirstUsers = {
  /** Makes an admin when there is none. Returns the lines to print once: they hold the password if it was generated. */
  ensureFirstAdmin(): Promise<string[]>;
  /** Lets the demo users in, or shuts them out and ends their sessions. Called at every start. */
  prepareDemoUsers(): Promise<void>;
};

type FirstUsersDeps = {
  users: UserStore;
  audit: Audit;
  firstAdmin: FirstAdmin | null;
  isDemo: boolean;
  createUser(user: { email: string; name: string; password: string; role: Role }): Promise<string>;
};

const GENERATED_EMAIL = "admin@wheelhouse.example";
const DEMO_EMAILS = DEMO_USERS.map((user) => user.email);

export function createFirstUsers(deps: FirstUsersDeps): FirstUsers {
  return {
    ensureFirstAdmin: () =>
      deps.users.exclusively(async () => {
        if (await deps.users.hasAdmin(DEMO_EMAILS)) return [];
        const { email, password } = deps.firstAdmin ?? { email: GENERATED_EMAIL, password: generatePassword() };
        const id = await deps.createUser({ email, password, name: "Administrator", role: "admin" });
        const after = { email, role: "admin" };
        await deps.audit({ actor: SYSTEM.id, action: "user.create", subject: `user:${id}`, after });
        if (deps.firstAdmin) return [`The first admin is ${email}.`];
        return [
          `The first admin is ${email}`,
          `with the password ${password}`,
          "It is shown only this once: write it down.",
        ];
      }),

    prepareDemoUsers: () =>
      deps.users.exclusively(async () => {
        if (deps.isDemo) return deps.users.admitDemoUsers(DEMO_USERS);
        const closed = await deps.users.closeDemoUsers(DEMO_EMAILS);
        if (closed > 0) await deps.audit({ actor: SYSTEM.id, action: "demo.close", subject: "demo-users" });
      }),
  };
}

/** 96 bits, in groups that can be read aloud and typed. */
function generatePassword(): string {
  return (randomBytes(12).toString("hex").match(/.{6}/g) ?? []).join("-");
}
