import { createHash, timingSafeEqual } from "node:crypto";
import type { Actor } from "../services/actor.ts";

const BOOTSTRAP: Actor = {
  kind: "api_key",
  id: "api-key:bootstrap",
  name: "Bootstrap key",
  email: null,
  role: "admin",
};

/** Knows the key of the environment. Hashes are compared, so neither length nor content shows in the time it takes. */
export function createApiKeys(bootstrapKey: string | undefined): (key: string) => Actor | null {
  const known = bootstrapKey === undefined ? null : hashOf(bootstrapKey);
  return function actorOfKey(key) {
    return known !== null && timingSafeEqual(hashOf(key), known) ? BOOTSTRAP : null;
  };
}

const hashOf = (key: string): Buffer => createHash("sha256").update(key).digest();
