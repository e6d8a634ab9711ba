import type { ApiKey } from "../contracts/api-key.ts";
import { isoTime } from "../platform/clock.ts";
import type { StoredApiKey } from "../services/api-key/port.ts";

const timeOf = (date: Date | null) => date && isoTime(date.getTime());

export function presentApiKey({ id, name, role, prefix, createdBy, ...key }: StoredApiKey): ApiKey {
  return {
    ...{ id, name, prefix, createdBy, role: role ?? "planner" },
    createdAt: isoTime(key.createdAt.getTime()),
    expiresAt: timeOf(key.expiresAt),
    lastUsedAt: timeOf(key.lastUsedAt),
    revokedAt: timeOf(key.revokedAt),
  };
}
