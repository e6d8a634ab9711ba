import pg from "pg";
import { routeOf } from "../server/connectors/index.ts";
import { type Change, changeName, rowName } from "../server/domain/change.ts";
import { type ChangeImage, mergeChange } from "../server/domain/change-image.ts";
import type { OutgoingRecord } from "../server/simulator/outgoing.ts";
import { partitionOf } from "../server/simulator/partition.ts";
import { toImageRow } from "../server/store/change-images.ts";
import { answerOrders } from "./child.ts";

/** Rows of one transaction: as many as the lane stores together when it has much to do. */
const RECORDS_AT_ONCE = 4_000;

type Rows = Record<string, unknown>[];
type Table = { name: string; columns: Readonly<Record<string, string>>; conflict: string };

const ROW = { system: "text", entity: "text", key: "text" };
const RECORD = { topic: "text", partition: "integer", record_offset: "bigint", record_timestamp: "timestamptz" };
const HISTORY: Table = {
  name: "bench_change",
  columns: { ...ROW, position: "text", operation: "text", commit_time: "timestamptz", fields: "jsonb", ...RECORD },
  conflict: "(system, entity, key, position) do nothing",
};
const IMAGE_COLUMNS = { image: "jsonb", positions: "jsonb", deleted: "boolean", stale: "boolean", position: "text" };
const IMAGES: Table = {
  name: "bench_snapshot",
  columns: { ...ROW, ...IMAGE_COLUMNS, ...RECORD },
  conflict: `(system, entity, key) do update set ${Object.keys({ ...IMAGE_COLUMNS, ...RECORD })
    .map((name) => `${name} = excluded.${name}`)
    .join(", ")}, updated_at = now()`,
};

/**
 * The ceiling: a program that knows beforehand which rows of history and images the changes end in, and has nothing to do
 * but to write them into tables like the lane's, with plain `unnest` upserts. It reads, merges and projects nothing.
 * Orders: `load` makes the rows of some records, `go` writes them.
 */
export async function runPlainUpserts({ databaseUrl }: { databaseUrl: string }): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query("create table bench_change (like cdc_change including all)");
  await client.query("create table bench_snapshot (like cdc_snapshot including all)");
  const images = new Map<string, ChangeImage>();
  let portions: { history: Rows; images: Rows }[] = [];

  async function write(): Promise<void> {
    for (const portion of portions) {
      await client.query("begin");
      await upsert(client, HISTORY, portion.history);
      await upsert(client, IMAGES, portion.images);
      await client.query("commit");
    }
  }

  process.on("SIGTERM", () => void client.end().then(() => process.exit(0)));
  answerOrders({
    load(records: OutgoingRecord[]) {
      portions = [];
      for (let at = 0; at < records.length; at += RECORDS_AT_ONCE)
        portions.push(toRows(records.slice(at, at + RECORDS_AT_ONCE).flatMap(toChanges), images));
    },
    go: write,
  });
}

function toChanges({ topic, key, value, timestampMs }: OutgoingRecord): Change[] {
  const { connector, source } = routeOf(topic)!;
  const bytes = { key: Buffer.from(key), value: Buffer.from(value), headers: {} };
  const place = { topic, partition: partitionOf(key, 6), offset: 0n, timestampMs };
  const decoded = connector.decode({ ...bytes, ...place }, source.entity);
  return decoded.kind === "changes" ? decoded.changes : [];
}

function toRows(changes: readonly Change[], images: Map<string, ChangeImage>) {
  const history = new Map<string, Record<string, unknown>>();
  const touched = new Map<string, Record<string, unknown>>();
  for (const change of changes) {
    const { system, entity, key } = change;
    const { image } = mergeChange(images.get(rowName(change)) ?? null, change);
    images.set(rowName(change), image);
    touched.set(rowName(change), toImageRow({ row: { system, entity, key }, image }));
    if (!history.has(changeName(change))) history.set(changeName(change), toHistoryRow(change));
  }
  return { history: [...history.values()], images: [...touched.values()] };
}

function toHistoryRow({ record, commitTimeMs, ...change }: Change): Record<string, unknown> {
  return {
    ...change,
    commit_time: new Date(commitTimeMs),
    ...{ topic: record.topic, partition: record.partition, record_offset: String(record.offset) },
    record_timestamp: new Date(record.timestampMs),
  };
}

async function upsert(client: pg.Client, { name, columns, conflict }: Table, rows: Rows): Promise<void> {
  const names = Object.keys(columns);
  const arrays = names.map((column) => rows.map((row) => asText(row[column])));
  const casts = Object.values(columns).map((type, index) => `$${index + 1}::${type}[]`);
  await client.query(
    `insert into ${name} (${names.join(", ")}) select * from unnest(${casts.join(", ")}) on conflict ${conflict}`,
    arrays,
  );
}

/** JSON columns are sent as their text. */
const asText = (value: unknown): unknown =>
  typeof value === "object" && value !== null && !(value instanceof Date) ? JSON.stringify(value) : value;
