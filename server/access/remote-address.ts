import type { IncomingMessage } from "node:http";
import { hostNameOf, isLoopback } from "./loopback.ts";

/** Set on every request by the server itself, over whatever a client sent under this name. */
export const REMOTE_ADDRESS_HEADER = "x-wheelhouse-remote-address";

const UNKNOWN = "unknown";

/**
 * Notes who is at the other end, before Next turns the request into one without a socket. A proxy on this machine is
 * believed about whom it speaks for (the last entry is the one it appended itself); nobody else is.
 */
export function markRemoteAddress(request: IncomingMessage): void {
  const peer = request.socket.remoteAddress ?? UNKNOWN;
  const forwarded = isLoopback(peer) ? lastEntry(request.headers["x-forwarded-for"]) : null;
  request.headers[REMOTE_ADDRESS_HEADER] = forwarded ?? peer;
}

export function remoteAddressOf(headers: Headers): string {
  return headers.get(REMOTE_ADDRESS_HEADER) ?? UNKNOWN;
}

/**
 * Whether a request was made on this very machine, to a name of this machine. The name matters too: a page of somebody
 * else's domain that resolves to 127.0.0.1 would otherwise pass.
 */
export function isFromThisMachine(headers: Headers): boolean {
  const host = hostNameOf(headers.get("host"));
  return isLoopback(remoteAddressOf(headers)) && host !== null && isLoopback(host);
}

function lastEntry(header: string | string[] | undefined): string | null {
  const text = Array.isArray(header) ? header.join(",") : header;
  return text?.split(",").at(-1)?.trim() || null;
}
