import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "../generated/prisma/client.ts";

export type Database = PrismaClient;
/** What a repository function takes: the client, or the transaction it runs in. */
export type Db = Pick<PrismaClient, "$queryRaw" | "$executeRaw" | "$queryRawUnsafe" | "$executeRawUnsafe"> &
  Omit<PrismaClient, `$${string}`>;

/** Of a lane: as long as its membership in the group outlives its silence. */
export const IDLE_IN_TRANSACTION_MS_MAX = 10_000;
const UTC = "-c timezone=UTC";
const IDLE = "-c idle_in_transaction_session_timeout";

/**
 * One pool a thread; `connectionsMax` bounds what a burst may open. The sessions speak UTC: Prisma sends times without
 * a zone and drops the zone of those it reads, so any other zone of the database would shift them. With
 * `idleInTransactionMsMax` the server ends a transaction that says nothing for so long: a process that was put to sleep
 * in the middle of one must not hold what its successor waits for.
 */
export function openDatabase(url: string, connectionsMax = 8, idleInTransactionMsMax?: number): Database {
  const adapter = new PrismaPg({
    connectionString: url,
    max: connectionsMax,
    connectionTimeoutMillis: 10_000,
    options: idleInTransactionMsMax === undefined ? UTC : `${UTC} ${IDLE}=${idleInTransactionMsMax}`,
  });
  return new PrismaClient({ adapter });
}
