import type { Role } from "../../contracts/role.ts";

/** Somebody with an account. `updatedAt` is the version that a change names. */
export type StoredPerson = {
  id: string;
  name: string;
  email: string;
  role: Role | null;
  blockedReason: string | null;
  isBlocked: boolean;
  createdAt: Date;
  updatedAt: Date;
  sessions: number;
  lastSeenAt: Date | null;
};

export type InvitationKind = "invite" | "reset";

export type StoredInvitation = {
  id: string;
  kind: InvitationKind;
  email: string;
  name: string;
  role: Role;
  createdAt: Date;
  expiresAt: Date;
};

export type StoredPersonSession = {
  id: string;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
  ipAddress: string | null;
  userAgent: string | null;
};

export type PersonReader = {
  /** Ascending by e-mail, after `afterEmail` when it is given; `q` is looked for in name and e-mail. */
  list(options: { q: string | null; afterEmail: string | null; limit: number }): Promise<StoredPerson[]>;
  get(id: string): Promise<StoredPerson | null>;
  /** Invitations to new people that can still be accepted, ascending by e-mail. */
  openInvitations(now: Date): Promise<StoredInvitation[]>;
  /** By the hash of its link, when it can still be used. */
  invitationOf(hash: string, now: Date): Promise<StoredInvitation | null>;
  sessions(userId: string, now: Date): Promise<StoredPersonSession[]>;
};

/** Writes of one transaction. Rows of people are locked first, so that two admins cannot take the last one away. */
export type PersonWriter = {
  lock(id: string): Promise<StoredPerson | null>;
  findByEmail(email: string): Promise<StoredPerson | null>;
  /** Admins who can sign in, besides this one and those of the demonstration. */
  otherAdmins(id: string): Promise<number>;
  setRole(id: string, role: Role): Promise<void>;
  setBlocked(id: string, reason: string | null): Promise<void>;
  /** Returns how many were ended; all of them, or the one named. */
  endSessions(userId: string, sessionId?: string): Promise<number>;
  /** Earlier ones to the same person end with it. */
  addInvitation(
    invitation: Omit<StoredInvitation, "id" | "createdAt"> & { hash: string; createdBy: string },
  ): Promise<StoredInvitation>;
  revokeInvitation(id: string): Promise<StoredInvitation | null>;
  /** Marks it used, unless it was, or is over. */
  takeInvitation(hash: string, now: Date): Promise<StoredInvitation | null>;
  /** Makes the person, or gives them this password. Returns their id. */
  setPassword(person: { email: string; name: string; role: Role; passwordHash: string }): Promise<string>;
};
