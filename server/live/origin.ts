import type { IncomingHttpHeaders } from "node:http";

/** Whether a page of this origin is one of ours, given the Host it was sent to. */
export type IsOwnOrigin = (origin: string, host: string | null) => boolean;

/**
 * A page of another site must not speak with a signed-in person's cookie, so its Origin has to be one of ours. Programs
 * send no Origin; they have to have called us by a name of ours, which a page behind a borrowed name cannot.
 */
export function originAllowed({ origin, host = "" }: IncomingHttpHeaders, isOwnOrigin: IsOwnOrigin): boolean {
  if (origin !== undefined) return isOwnOrigin(origin, host || null);
  return host !== "" && (isOwnOrigin(`http://${host}`, host) || isOwnOrigin(`https://${host}`, host));
}
