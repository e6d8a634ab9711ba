import { z } from "zod";
import { Role } from "./role.ts";

const Time = z.iso.datetime({ precision: 3 });

export const PERSON_STATUSES = ["active", "invited", "blocked"] as const;

/** Somebody who may sign in, or is invited to. `version` is what a change has to name. */
export const Person = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: Role,
  status: z.enum(PERSON_STATUSES),
  /** Why they are blocked, in the words of whoever did it. */
  reason: z.string().nullable(),
  sessions: z.number().int(),
  lastSeenAt: Time.nullable(),
  createdAt: Time,
  /** Until when an invitation can be accepted. */
  expiresAt: Time.nullable(),
  version: z.number().int(),
});
export type Person = z.infer<typeof Person>;

/** The link to send to somebody. It is told once and works once. */
export const PersonLink = z.object({ person: Person, url: z.string(), expiresAt: Time });
export type PersonLink = z.infer<typeof PersonLink>;

export const PersonSession = z.object({
  id: z.string(),
  createdAt: Time,
  lastSeenAt: Time,
  expiresAt: Time,
  address: z.string().nullable(),
  /** The browser, as it names itself. */
  browser: z.string().nullable(),
});
export type PersonSession = z.infer<typeof PersonSession>;

/** What the page of an invitation shows before it is accepted. */
export const InvitationShown = z.object({
  kind: z.enum(["invite", "reset"]),
  email: z.string(),
  name: z.string(),
  expiresAt: Time,
});
export type InvitationShown = z.infer<typeof InvitationShown>;
