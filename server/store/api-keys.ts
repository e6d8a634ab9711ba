import { Role } from "../contracts/role.ts";
import type { Prisma } from "../generated/prisma/client.ts";
import type { ApiKeyReader, ApiKeyWriter, StoredApiKey } from "../services/api-key/port.ts";
import type { Database, Db } from "./client.ts";

type KeyRow = Prisma.ApiKeyGetPayload<object>;

const inForce = (now: Date): Prisma.ApiKeyWhereInput => ({
  revokedAt: null,
  OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
});

/** A key in force, as it is recognised by. */
export type KnownKey = { id: string; name: string; role: string; hash: string; expiresAt: Date | null };

export function createApiKeyReader(database: Database): ApiKeyReader {
  return {
    async list({ beforeId, limit }) {
      const rows = await database.apiKey.findMany({
        where: beforeId === null ? {} : { id: { lt: beforeId } },
        orderBy: { id: "desc" },
        take: limit,
      });
      return rows.map(toKey);
    },
  };
}

export function createApiKeyWriter(db: Db): ApiKeyWriter {
  return {
    async add(key) {
      return toKey(await db.apiKey.create({ data: key }));
    },
    async revoke(id, by, at) {
      const [row] = await db.apiKey.updateManyAndReturn({
        where: { id, ...inForce(at) },
        data: { revokedAt: at, revokedBy: by },
      });
      return row ? toKey(row) : null;
    },
    countInForce: (now) => db.apiKey.count({ where: inForce(now) }),
  };
}

/** For recognising keys without asking the database at every call. */
export function createKnownKeys(database: Database) {
  return {
    load: (now: Date): Promise<KnownKey[]> =>
      database.apiKey.findMany({
        where: inForce(now),
        select: { id: true, name: true, role: true, hash: true, expiresAt: true },
      }),
    async noteUse(ids: readonly string[], at: Date): Promise<void> {
      await database.apiKey.updateMany({ where: { id: { in: [...ids] } }, data: { lastUsedAt: at } });
    },
  };
}
export type KnownKeys = ReturnType<typeof createKnownKeys>;

function toKey({
  id,
  name,
  role,
  prefix,
  createdBy,
  createdAt,
  expiresAt,
  lastUsedAt,
  revokedAt,
}: KeyRow): StoredApiKey {
  const known = Role.safeParse(role).data ?? null;
  return { id, name, role: known, prefix, createdBy, createdAt, expiresAt, lastUsedAt, revokedAt };
}
