import { createHash, timingSafeEqual } from "node:crypto";
import { Role } from "../contracts/role.ts";
import type { Clock } from "../platform/clock.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Actor } from "../services/actor.ts";

/** What is kept of a key that an admin made. `hash` is hexadecimal. */
type KnownKey = { id: string; name: string; role: string; hash: string; expiresAt: Date | null };

export type ApiKeysDeps = {
  /** The key of the environment: an admin, for the first steps. */
  bootstrapKey: string | undefined;
  known: { load(now: Date): Promise<KnownKey[]>; noteUse(ids: readonly string[], at: Date): Promise<void> };
  now: Clock;
  onFault(error: unknown): void;
};

export type ApiKeys = Managed & {
  /** Whose key this is, or `null`. */
  actorOfKey(key: string): Actor | null;
  refresh(): Promise<void>;
};

const BOOTSTRAP: Actor = {
  kind: "api_key",
  id: "api-key:bootstrap",
  name: "Bootstrap key",
  email: null,
  role: "admin",
};
/** How long a key that another process made or revoked is not noticed here. */
const REFRESH_EVERY_MS = 10_000;
const NOTE_USE_EVERY_MS = 30_000;

/**
 * Knows whose key a call brings, from memory: the keys in force are read again every few seconds, and at once when one
 * is made or revoked here. Hashes are compared, so neither length nor content shows in the time it takes.
 */
export function createApiKeys({ bootstrapKey, known, now, onFault }: ApiKeysDeps): ApiKeys {
  const bootstrap = bootstrapKey === undefined ? null : hashOf(bootstrapKey);
  let byHash = new Map<string, KnownKey>();
  const used = new Set<string>();
  const timers: NodeJS.Timeout[] = [];

  async function refresh(): Promise<void> {
    const keys = await known.load(new Date(now()));
    byHash = new Map(keys.map((key) => [key.hash, key]));
  }

  async function noteUse(): Promise<void> {
    const ids = [...used];
    used.clear();
    if (ids.length > 0) await known.noteUse(ids, new Date(now()));
  }

  function actorOfKey(key: string): Actor | null {
    const hash = hashOf(key);
    if (bootstrap !== null && timingSafeEqual(hash, bootstrap)) return BOOTSTRAP;
    const found = byHash.get(hash.toString("hex"));
    if (!found || (found.expiresAt !== null && found.expiresAt.getTime() <= now())) return null;
    used.add(found.id);
    const role = Role.safeParse(found.role).data ?? null;
    return { kind: "api_key", id: `api-key:${found.id}`, name: found.name, email: null, role };
  }

  return {
    name: "API keys",
    actorOfKey,
    refresh,
    async start() {
      await refresh();
      timers.push(
        setInterval(() => void refresh().catch(onFault), REFRESH_EVERY_MS).unref(),
        setInterval(() => void noteUse().catch(onFault), NOTE_USE_EVERY_MS).unref(),
      );
    },
    async stop() {
      for (const timer of timers.splice(0)) clearInterval(timer);
      await noteUse().catch(onFault);
    },
  };
}

const hashOf = (key: string): Buffer => createHash("sha256").update(key).digest();
