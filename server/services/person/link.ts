import { createHash, randomBytes } from "node:crypto";

export const LINK_DAYS = 7;
const DAY_MS = 86_400_000;

/** A secret for a link, and what is kept of it. */
export function makeLink(nowMs: number): { token: string; hash: string; expiresAt: Date } {
  const token = randomBytes(32).toString("base64url");
  return { token, hash: hashOfToken(token), expiresAt: new Date(nowMs + LINK_DAYS * DAY_MS) };
}

export const hashOfToken = (token: string): string => createHash("sha256").update(token).digest("hex");
