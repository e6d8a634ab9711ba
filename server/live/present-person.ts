import type { Person, PersonSession } from "../contracts/person.ts";
import { isoTime } from "../platform/clock.ts";
import type { ListedPerson } from "../services/person/list.ts";
import type { StoredInvitation, StoredPerson, StoredPersonSession } from "../services/person/port.ts";

export const presentPerson = (person: ListedPerson): Person =>
  "kind" in person ? presentInvited(person) : presentAccount(person);

function presentAccount(person: StoredPerson): Person {
  const { id, name, email, role, isBlocked, blockedReason, sessions, lastSeenAt, createdAt, updatedAt } = person;
  return {
    ...{ id, name, email, sessions, reason: blockedReason },
    role: role ?? "planner",
    status: isBlocked ? "blocked" : "active",
    lastSeenAt: lastSeenAt && isoTime(lastSeenAt.getTime()),
    createdAt: isoTime(createdAt.getTime()),
    expiresAt: null,
    version: updatedAt.getTime(),
  };
}

function presentInvited({ id, name, email, role, createdAt, expiresAt }: StoredInvitation): Person {
  return {
    ...{ id, name, email, role, status: "invited", reason: null, sessions: 0, lastSeenAt: null },
    createdAt: isoTime(createdAt.getTime()),
    expiresAt: isoTime(expiresAt.getTime()),
    version: 0,
  };
}

export function presentPersonSession(session: StoredPersonSession): PersonSession {
  return {
    id: session.id,
    createdAt: isoTime(session.createdAt.getTime()),
    lastSeenAt: isoTime(session.updatedAt.getTime()),
    expiresAt: isoTime(session.expiresAt.getTime()),
    address: session.ipAddress,
    browser: session.userAgent,
  };
}
