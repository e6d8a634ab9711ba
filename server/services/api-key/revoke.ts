import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { StoredApiKey } from "./port.ts";

/** Ends a key: the next call with it is refused. It cannot be undone, a new key is made instead. */
export async function revokeApiKey(context: Context, id: string): Promise<StoredApiKey> {
  requireRole(context.actor, "admin");
  const revoked = await context.transaction(async ({ apiKeys, audit }) => {
    const key = await apiKeys.revoke(id, context.actor.id, new Date(context.now()));
    if (!key) throw new AppError("not_found", "no such key in force");
    const before = { name: key.name, role: key.role, prefix: key.prefix };
    await audit({ actor: context.actor.id, action: "api_key.revoke", subject: `api-key:${id}`, before });
    return key;
  });
  await context.refreshApiKeys();
  return revoked;
}
