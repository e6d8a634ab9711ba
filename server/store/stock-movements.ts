import type { StockType } from "../domain/stock.ts";
import type { LedgerMovement, LedgerPart, StockPlace } from "../projections/stock-levels.ts";
import { asJson } from "./as-json.ts";
import type { Db } from "./client.ts";

type MovementRow = {
  id: string;
  client: string;
  material: string;
  site: string;
  storage_location: string;
  stock_type: string;
  movement_type: string;
  document: string;
  quantity: string;
  unit: string;
  posted_at: Date;
  delivery_id: string | null;
  order_id: string | null;
  purchase_order_id: string | null;
  source_entity: string;
  source_key: string;
  topic: string;
  partition: number;
  record_offset: string;
  record_timestamp: Date;
};

/** The stored movements with these ids, by id. */
export async function readMovements(db: Db, ids: readonly string[]): Promise<Map<string, LedgerMovement>> {
  if (ids.length === 0) return new Map();
  const rows = await db.$queryRaw<MovementRow[]>`
    select id, client, material, site, storage_location, stock_type, movement_type, document, quantity::text, unit,
      posted_at, delivery_id, order_id, purchase_order_id, source_entity, source_key,
      topic, partition, record_offset::text, record_timestamp
    from stock_movement where id = any(${[...ids]}::text[])`;
  return new Map(rows.map((row) => [row.id, toMovement(row)]));
}

export async function writeMovements(db: Db, movements: readonly LedgerMovement[]): Promise<void> {
  if (movements.length === 0) return;
  await db.$executeRaw`
    insert into stock_movement (id, client, material, site, storage_location, stock_type, movement_type, document,
      quantity, unit, posted_at, delivery_id, order_id, purchase_order_id, source_entity, source_key,
      topic, partition, record_offset, record_timestamp)
    select id, client, material, site, storage_location, stock_type, movement_type, document,
      quantity, unit, posted_at, delivery_id, order_id, purchase_order_id, source_entity, source_key,
      topic, partition, record_offset, record_timestamp
    from jsonb_to_recordset(${asJson(movements.map(toRow))}) as posted (
      id text, client text, material text, site text, storage_location text, stock_type text, movement_type text,
      document text, quantity numeric, unit text, posted_at timestamptz, delivery_id text, order_id text,
      purchase_order_id text, source_entity text, source_key text,
      topic text, partition integer, record_offset bigint, record_timestamp timestamptz)
    on conflict (id) do update set
      client = excluded.client, material = excluded.material, site = excluded.site,
      storage_location = excluded.storage_location, stock_type = excluded.stock_type,
      movement_type = excluded.movement_type, document = excluded.document, quantity = excluded.quantity,
      unit = excluded.unit, posted_at = excluded.posted_at, delivery_id = excluded.delivery_id,
      order_id = excluded.order_id, purchase_order_id = excluded.purchase_order_id,
      source_entity = excluded.source_entity, source_key = excluded.source_key, topic = excluded.topic,
      partition = excluded.partition, record_offset = excluded.record_offset,
      record_timestamp = excluded.record_timestamp`;
}

export async function deleteMovements(db: Db, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.$executeRaw`delete from stock_movement where id = any(${[...ids]}::text[])`;
}

type PartRow = {
  client: string;
  material: string;
  site: string;
  storage_location: string;
  unit: string;
  stock_type: string;
  quantity: string;
  movements: number;
  first_at: Date;
  first_id: string;
  last_at: Date;
  record: { topic: string; partition: number; offset: string; at: string };
};

/** The ledgers of these places, summed by unit and stock type; without the movements of `except`. */
export async function readLedgerParts(
  db: Db,
  places: readonly StockPlace[],
  except: readonly string[] = [],
): Promise<{ place: StockPlace; part: LedgerPart }[]> {
  if (places.length === 0) return [];
  const rows = await db.$queryRaw<PartRow[]>`
    select client, material, site, storage_location, unit, stock_type, sum(quantity)::text as quantity,
      count(*)::integer as movements, min(posted_at) as first_at,
      (array_agg(id order by posted_at, id collate "C"))[1] as first_id, max(posted_at) as last_at,
      (array_agg(
        jsonb_build_object('topic', topic, 'partition', partition, 'offset', record_offset::text, 'at', record_timestamp)
        order by record_timestamp desc, topic collate "C" desc, partition desc, record_offset desc))[1] as record
    from stock_movement
    join unnest(
      ${places.map(({ client }) => client)}::text[], ${places.map(({ material }) => material)}::text[],
      ${places.map(({ site }) => site)}::text[], ${places.map(({ storageLocation }) => storageLocation)}::text[]
    ) as wanted (client, material, site, storage_location) using (client, material, site, storage_location)
    where not (stock_movement.id = any(${[...except]}::text[]))
    group by client, material, site, storage_location, unit, stock_type`;
  return rows.map(toPart);
}

function toPart(row: PartRow): { place: StockPlace; part: LedgerPart } {
  const { client, material, site, unit, quantity, movements, record } = row;
  return {
    place: { client, material, site, storageLocation: row.storage_location },
    part: {
      ...{ unit, quantity, movements, stockType: row.stock_type as StockType },
      first: { atMs: row.first_at.getTime(), id: row.first_id },
      lastAtMs: row.last_at.getTime(),
      record: {
        ...{ topic: record.topic, partition: record.partition, offset: record.offset },
        timestampMs: Date.parse(record.at),
      },
    },
  };
}

function toRow({ storageLocation, stockType, movementType, postedAtMs, record, source, ...movement }: LedgerMovement) {
  const { deliveryId, orderId, purchaseOrderId, ...same } = movement;
  return {
    ...same,
    storage_location: storageLocation,
    stock_type: stockType,
    movement_type: movementType,
    posted_at: new Date(postedAtMs),
    delivery_id: deliveryId,
    order_id: orderId,
    purchase_order_id: purchaseOrderId,
    source_entity: source.entity,
    source_key: source.key,
    topic: record.topic,
    partition: record.partition,
    record_offset: record.offset,
    record_timestamp: new Date(record.timestampMs),
  };
}

function toMovement(row: MovementRow): LedgerMovement {
  const { id, client, material, site, document, quantity, unit, topic, partition } = row;
  return {
    ...{ id, client, material, site, storageLocation: row.storage_location, stockType: row.stock_type as StockType },
    ...{ movementType: row.movement_type, document, quantity, unit, postedAtMs: row.posted_at.getTime() },
    ...{ orderId: row.order_id, deliveryId: row.delivery_id, purchaseOrderId: row.purchase_order_id },
    record: { topic, partition, offset: row.record_offset, timestampMs: row.record_timestamp.getTime() },
    source: { entity: row.source_entity, key: row.source_key },
  };
}
