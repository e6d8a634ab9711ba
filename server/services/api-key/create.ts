import { createHash, randomBytes } from "node:crypto";
import type { Role } from "../../contracts/role.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { StoredApiKey } from "./port.ts";

export type CreateApiKeyInput = { name: string; role: Role; expiresInDays: number | null };

const DAY_MS = 86_400_000;
/** All keys are held in memory, so that a call needs no look into the database. */
const KEYS_MAX = 1_000;

/** Makes a key. It is told this once; what is kept cannot be turned back into it. */
export async function createApiKey(
  context: Context,
  { name, role, expiresInDays }: CreateApiKeyInput,
): Promise<{ apiKey: StoredApiKey; key: string }> {
  requireRole(context.actor, "admin");
  const prefix = `wh_${randomBytes(4).toString("hex")}`;
  const key = `${prefix}_${randomBytes(32).toString("base64url")}`;
  const expiresAt = expiresInDays === null ? null : new Date(context.now() + expiresInDays * DAY_MS);
  const apiKey = await context.transaction(async ({ apiKeys, audit }) => {
    if ((await apiKeys.countInForce(new Date(context.now()))) >= KEYS_MAX)
      throw new AppError("conflict", `there are ${KEYS_MAX} keys in force; revoke some first`);
    const hash = hashOfKey(key);
    const added = await apiKeys.add({ name, role, prefix, hash, createdBy: context.actor.id, expiresAt });
    const after = { name, role, prefix, expiresAt: expiresAt?.toISOString() ?? null };
    await audit({ actor: context.actor.id, action: "api_key.create", subject: `api-key:${added.id}`, after });
    return added;
  });
  await context.refreshApiKeys();
  return { apiKey, key };
}

export const hashOfKey = (key: string): string => createHash("sha256").update(key).digest("hex");
