import type { IncomingMessage, ServerResponse } from "node:http";
import { markRemoteAddress } from "./remote-address.ts";
import { DATA_POLICY, securityHeaders } from "./security-headers.ts";

/** Those that Next knows what to do with; on TRACE it fails. */
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/**
 * What every request passes before Next sees it: it is told who is at the other end; an address that is not properly
 * encoded and a method that nothing here has are refused, because the router would fail on them. Returns whether the
 * request may go on.
 */
export function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  { isSecure }: { isSecure: boolean },
): boolean {
  markRemoteAddress(request);
  const problem = problemWith(request);
  if (problem === null) return true;
  response.statusCode = problem.status;
  for (const [name, value] of securityHeaders({ isSecure })) response.setHeader(name, value);
  response.setHeader("content-security-policy", DATA_POLICY);
  response.setHeader("content-type", "application/problem+json");
  if (problem === UNKNOWN_METHOD) response.setHeader("allow", [...METHODS].join(", "));
  response.end(JSON.stringify(problem));
  return false;
}

const BROKEN_ADDRESS = {
  type: "about:blank",
  title: "the address is wrong",
  status: 400,
  code: "invalid_input",
  errors: [{ path: "", message: "the address is not encoded as it should be" }],
};
const UNKNOWN_METHOD = {
  type: "about:blank",
  title: "there is no such method here",
  status: 405,
  code: "method_not_allowed",
  errors: [],
};

function problemWith({ method = "GET", url = "/" }: IncomingMessage): typeof BROKEN_ADDRESS | null {
  if (!METHODS.has(method)) return UNKNOWN_METHOD;
  return isReadable(url) ? null : BROKEN_ADDRESS;
}

function isReadable(address: string): boolean {
  try {
    decodeURIComponent(address.split("?", 1)[0]!);
    return URL.canParse(address, "http://localhost");
  } catch {
    return false;
  }
}
