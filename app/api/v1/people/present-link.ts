import type { PersonLink } from "@/server/contracts/person.ts";
import { presentPerson } from "@/server/live/present-person.ts";
import { isoTime } from "@/server/platform/clock.ts";
import type { ListedPerson } from "@/server/services/person/list.ts";
import type { Tower } from "@/server/services/tower.ts";

/** The secret stands behind the `#`, so that it reaches no server and no log on the way. */
export function presentLink(
  { publicUrl }: Pick<Tower, "publicUrl">,
  person: ListedPerson,
  token: string,
  expiresAt: Date,
): PersonLink {
  const url = new URL("/join", publicUrl);
  url.hash = token;
  return { person: presentPerson(person), url: url.href, expiresAt: isoTime(expiresAt.getTime()) };
}
