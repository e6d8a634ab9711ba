import type { Role } from "../contracts/role.ts";

/** What access needs of the store beyond better-auth's own adapter. */
export type UserStore = {
  /** Whether somebody is admin who is neither banned nor one of these demo users. */
  hasAdmin(exceptEmails: readonly string[]): Promise<boolean>;
  /** Makes these users where they are missing, and lets them in. */
  admitDemoUsers(users: readonly { email: string; name: string; role: Role }[]): Promise<void>;
  /** Bans these users where they exist and ends their sessions. Returns how many were let in until now. */
  closeDemoUsers(emails: readonly string[]): Promise<number>;
  forgetExpiredSessions(): Promise<void>;
  findIdByEmail(email: string): Promise<string | null>;
  /** One process at a time does this, of all that share the database. */
  exclusively<T>(work: () => Promise<T>): Promise<T>;
};
