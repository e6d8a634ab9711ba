import { z } from "zod";
import { presentActor, SignedInUser } from "@/server/live/present-actor.ts";
import type { SignedIn } from "@/server/services/tower.ts";

export const SignedInAnswer = z.object({ user: SignedInUser });

/** The session is in the cookie alone: nothing that a script could read and carry away is in the body. */
export function signedInResponse({ actor, cookies }: SignedIn): Response {
  return withCookies({ user: presentActor(actor) } satisfies z.infer<typeof SignedInAnswer>, cookies);
}

export function withCookies(body: object, cookies: readonly string[]): Response {
  const response = Response.json(body);
  for (const cookie of cookies) response.headers.append("set-cookie", cookie);
  return response;
}
