import { remoteAddressOf } from "@/server/access/remote-address.ts";
import { AppError } from "@/server/platform/errors.ts";
import { type Actor, ANONYMOUS } from "@/server/services/actor.ts";
import type { Tower } from "@/server/services/tower.ts";

/**
 * Who calls: by API key, else by session cookie, else nobody. A key that is wrong is refused even where a cookie would
 * do, so that a client learns of its mistake. Counts the call against the caller's rate.
 */
export async function authenticate(tower: Tower, request: Request): Promise<Actor> {
  const authorization = request.headers.get("authorization");
  if (authorization !== null) return byKey(tower, authorization, remoteAddressOf(request.headers));
  const actor = await tower.auth.sessionOf(request.headers);
  if (!actor) {
    tower.limits.take("address", remoteAddressOf(request.headers));
    return ANONYMOUS;
  }
  tower.limits.take("actor", actor.id);
  return actor;
}

function byKey(tower: Tower, authorization: string, address: string): Actor {
  const key = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
  const actor = key === undefined ? null : tower.actorOfKey(key);
  if (!actor) {
    tower.limits.take("address", address);
    throw new AppError("unauthenticated", "this is no valid API key");
  }
  tower.limits.take("actor", actor.id);
  return actor;
}

/**
 * A browser sends its cookie with whatever page asks it to, so a change needs proof that the page is ours. An API key
 * is such a proof by itself.
 */
export function requireOwnOrigin(tower: Tower, request: Request, isByCookie: boolean): void {
  if (isOwnPage(tower, request.headers, isByCookie)) return;
  throw new AppError("forbidden", "a change needs the origin of this tower", {
    fields: [{ path: "/origin", message: "is not one of this tower" }],
  });
}

function isOwnPage(tower: Tower, headers: Headers, isByCookie: boolean): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return tower.isOwnOrigin(origin, headers.get("host"));
  const site = headers.get("sec-fetch-site");
  if (site === "same-origin") return true;
  // Without a cookie and without a browser's headers this is a program, which nobody can trick into calling.
  return !isByCookie && (site === null || site === "none");
}
