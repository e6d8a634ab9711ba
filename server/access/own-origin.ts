import { hostNameOf, isLoopback } from "./loopback.ts";

/**
 * Says whether a page of this origin is one of ours: that of the public URL; or, same host as the request, when no
 * public URL is set or the request came to a name of this machine. Sockets and state-changing requests ask it.
 */
export function createOriginCheck(publicUrl: string | null): (origin: string, host: string | null) => boolean {
  const publicOrigin = publicUrl === null ? null : new URL(publicUrl).origin;
  return function isOwnOrigin(origin, host) {
    if (publicOrigin !== null && origin === publicOrigin) return true;
    const sentTo = hostNameOf(host);
    if (sentTo === null || (publicOrigin !== null && !isLoopback(sentTo))) return false;
    return origin === `http://${host}` || origin === `https://${host}`;
  };
}
