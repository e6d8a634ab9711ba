import type { IncomingMessage, ServerResponse } from "node:http";
import { markRemoteAddress } from "./remote-address.ts";
import { DATA_POLICY, securityHeaders } from "./security-headers.ts";

/**
 * What every request passes before Next sees it: it is told who is at the other end, and an address that is not
 * properly encoded is refused here, because the router would fail on it. Returns whether the request may go on.
 */
export function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { isSecure }: { isSecure: boolean },
): boolean {
  markRemoteAddress(request);
  if (isReadable(request.url ?? "/")) return true;
  response.statusCode = 400;
  for (const [name, value] of securityHeaders({ isSecure })) response.setHeader(name, value);
  response.setHeader("content-security-policy", DATA_POLICY);
  response.setHeader("content-type", "application/problem+json");
  response.end(JSON.stringify(BROKEN_ADDRESS));
  return false;
}

const BROKEN_ADDRESS = {
  type: "about:blank",
  title: "the address is wrong",
  status: 400,
  code: "invalid_input",
  errors: [{ path: "", message: "the address is not encoded as it should be" }],
};

function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0]!);
    return URL.canParse(address, "http://localhost");
  } catch {
    return false;
  }
}
