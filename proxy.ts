import { type NextRequest, NextResponse } from "next/server";
import { PATH_HEADER } from "@/server/access/page-headers.ts";
import { pagePolicy, securityHeaders } from "@/server/access/security-headers.ts";
import { getTower } from "@/server/services/tower.ts";

/** Gives every page its content policy with a nonce of its own, and tells it which address it was asked for. */
export function proxy(request: NextRequest): NextResponse {
  const { isSecure, isDevelopment } = getTower();
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const policy = pagePolicy({ nonce, host: request.headers.get("host"), isDevelopment });

  const headers = new Headers(request.headers);
  headers.set("x-nonce", nonce);
  // Next reads the nonce for its own scripts from this header.
  headers.set("content-security-policy", policy);
  headers.set(PATH_HEADER, request.nextUrl.pathname + request.nextUrl.search);

  const response = NextResponse.next({ request: { headers } });
  response.headers.set("content-security-policy", policy);
  for (const [name, value] of securityHeaders({ isSecure })) response.headers.set(name, value);
  return response;
}

/** The API sets its own headers; files that are the same for everybody need no nonce. */
export const config = { matcher: ["/((?!api/|metrics$|_next/static|basemap/|fonts/|maplibre/).*)"] };
