import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.ts";

export type Database = PrismaClient;
/** What a repository function takes: the client, or the transaction it runs in. */
export type Db = Pick<PrismaClient, "$queryRaw" | "$executeRaw" | "$queryRawUnsafe" | "$executeRawUnsafe"> &
  Omit<PrismaClient, `$${string}`>;

/**
 * One pool a thread; `connectionsMax` bounds what a burst may open. The sessions speak UTC: Prisma sends times without
 * a zone and drops the zone of those it reads, so any other zone of the database would shift them.
 */
export function openDatabase(url: string, connectionsMax = 8): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    options: "-c timezone=UTC",
  });
  return new PrismaClient({ adapter });
}
