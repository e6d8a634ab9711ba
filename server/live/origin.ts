import type { IncomingHttpHeaders } from "node:http";

/**
 * A page of another site must not speak with a signed-in person's cookie, so its Origin has to be one of ours. Programs
 * send no Origin; they have to have called us by a name of ours, which a page behind a borrowed name cannot.
 */
export function originAllowed(headers: IncomingHttpHeaders, allowed: readonly string[]): boolean {
  if (headers.origin !== undefined) return allowed.includes(headers.origin);
  const { host } = headers;
  return host !== undefined && (allowed.includes(`http://${host}`) || allowed.includes(`https://${host}`));
}
