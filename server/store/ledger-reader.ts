import type { StockMovement } from "../domain/stock.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { LedgerFilter, LedgerReader } from "../services/stock/ledger-port.ts";
import type { Db } from "./client.ts";

type MovementRow = Omit<StockMovement, "postedAtMs" | "record"> & {
  postedAt: Date;
  topic: string;
  partition: number;
  recordOffset: string;
  recordTimestamp: Date;
};

export function createLedgerReader(db: Db): LedgerReader {
  return {
    async page(filter, { after, limit }) {
      const place = after
        ? Prisma.sql`(posted_at, id) > (${new Date(after.postedAtMs)}::timestamptz, ${after.id})`
        : Prisma.sql`true`;
      const rows = await db.$queryRaw<MovementRow[]>`
        select id, client, material, site, storage_location as "storageLocation", stock_type as "stockType",
          movement_type as "movementType", document, quantity::text, unit, posted_at as "postedAt",
          delivery_id as "deliveryId", order_id as "orderId", purchase_order_id as "purchaseOrderId",
          topic, partition, record_offset::text as "recordOffset", record_timestamp as "recordTimestamp"
        from stock_movement
        where ${place} and ${conditions(filter)}
        order by posted_at, id
        limit ${limit}::integer`;
      return rows.map(({ postedAt, topic, partition, recordOffset, recordTimestamp, ...row }) => ({
        ...row,
        postedAtMs: postedAt.getTime(),
        record: { topic, partition, offset: recordOffset, timestampMs: recordTimestamp.getTime() },
      }));
    },
    async count(filter) {
      const [row] = await db.$queryRaw<{ count: number }[]>`
        select count(*)::integer as count from stock_movement where ${conditions(filter)}`;
      return row!.count;
    },
  };
}

function conditions({ site, material, from, to }: LedgerFilter): Prisma.Sql {
  const wanted = [
    site === undefined ? null : Prisma.sql`site = ${site}`,
    material === undefined ? null : Prisma.sql`(material = ${material} or ltrim(material, '0') = ${material})`,
    from === undefined ? null : Prisma.sql`posted_at >= ${new Date(from)}::timestamptz`,
    to === undefined ? null : Prisma.sql`posted_at < ${new Date(to)}::timestamptz`,
  ].filter((condition) => condition !== null);
  return wanted.length === 0 ? Prisma.sql`true` : Prisma.join(wanted, " and ");
}
