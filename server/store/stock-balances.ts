import type { StockType } from "../domain/stock.ts";
import type { PositionKey } from "../domain/stock-projection/compose-position.ts";
import type { BalancedMovement, LedgerPlace } from "../services/stock/port.ts";
import type { Db } from "./client.ts";

type BalanceRow = {
  id: string;
  storageLocation: string;
  stockType: StockType;
  movementType: string;
  document: string;
  quantity: string;
  unit: string;
  postedAt: Date;
  orderId: string | null;
  deliveryId: string | null;
  purchaseOrderId: string | null;
  balance: string;
  topic: string;
  partition: number;
  recordOffset: string;
  recordTimestamp: Date;
};

/**
 * The ledger of a position, newest first, with the unrestricted stock after each movement. What a level leaves out for
 * its unit is in no balance either.
 */
export async function readBalances(
  db: Db,
  { client, material, site }: PositionKey,
  { before, limit, sinceMs }: { before: LedgerPlace | null; limit: number; sinceMs?: number },
): Promise<BalancedMovement[]> {
  const [beforeAt, beforeId] = [before && new Date(before.postedAtMs), before?.id ?? null];
  const since = sinceMs === undefined ? null : new Date(sinceMs);
  const rows = await db.$queryRaw<BalanceRow[]>`
    select * from (
      select movement.id, movement.storage_location as "storageLocation", stock_type as "stockType",
        movement_type as "movementType", document, quantity::text, movement.unit, posted_at as "postedAt",
        order_id as "orderId", delivery_id as "deliveryId", purchase_order_id as "purchaseOrderId",
        (sum(case when stock_type = 'unrestricted' and movement.unit = level.unit then quantity else 0 end)
          over (order by posted_at, movement.id collate "C"))::text as balance,
        movement.topic, movement.partition, movement.record_offset::text as "recordOffset",
        movement.record_timestamp as "recordTimestamp"
      from stock_movement as movement
      join stock_level as level using (client, material, site, storage_location)
      where client = ${client} and material = ${material} and site = ${site}
    ) as ledger
    where (${beforeAt}::timestamptz is null or ("postedAt", id collate "C") < (${beforeAt}::timestamptz, ${beforeId}))
      and (${since}::timestamptz is null or "postedAt" >= ${since}::timestamptz)
    order by "postedAt" desc, id collate "C" desc
    limit ${limit}::integer`;
  return rows.map(({ postedAt, topic, partition, recordOffset, recordTimestamp, ...row }) => ({
    ...{ client, material, site, ...row },
    postedAtMs: postedAt.getTime(),
    record: { topic, partition, offset: recordOffset, timestampMs: recordTimestamp.getTime() },
  }));
}
