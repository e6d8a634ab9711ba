import { expect, test } from "vitest";
import { READINGS_TOPIC } from "../../contracts/topics.ts";
import { SAP_TABLES, type SapTable } from "../documents/sap-tables.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import { aWorld, HOUR_MS, onTopic, recordsOf, SPARSE } from "../testing.ts";
import { createWorld } from "../world.ts";

const DURATION_MS = 5 * HOUR_MS;
const world = createWorld(
  aWorld({
    vehicles: 60,
    intervalsMs: SPARSE,
    trouble: { kind: "totals", totals: { broken: 60, repeated: 80, late: 80 }, durationMs: DURATION_MS },
  }),
);
const records = recordsOf(world, DURATION_MS);

type Json = Record<string, unknown>;

/** What a record says, or `null` where it cannot be read: here a broken one is broken enough to be seen with the eye. */
function read({ value }: OutgoingRecord): Json | null {
  try {
    // Numbers wider than a double are kept as text: they only have to compare.
    return JSON.parse(
      value
        .replace(/"commitNumber":(\d+)/, '"commitNumber":"$1"')
        .replace(/"(TotalAmount|Quantity|UnitPrice)":(\d+\.\d+)/g, '"$1":"$2"'),
    );
  } catch {
    return null;
  }
}

/** The plainest fold of the readings: newest value per measure by event time, of those that are whole. */
function foldReadings() {
  const fleet = new Map<string, Map<string, { value: unknown; time: string }>>();
  for (const record of onTopic(records, READINGS_TOPIC)) {
    const reading = read(record);
    if (reading?.schema !== "reading.v1" || typeof reading.time !== "string" || !reading.vehicleId) continue;
    const isBroken = typeof reading.latitude === "string" || Date.parse(reading.time) > record.timestampMs + 300_000;
    if (isBroken) continue;
    const measures = fleet.get(record.key) ?? new Map();
    fleet.set(record.key, measures);
    for (const [name, value] of Object.entries(reading)) {
      if (["schema", "vehicleId", "time", "source", "readingId", "event"].includes(name)) continue;
      if ((measures.get(name)?.time ?? "") < reading.time) measures.set(name, { value, time: reading.time });
    }
  }
  return fleet;
}

test("the truth of every vehicle is the fold of what was sent", () => {
  const fleet = foldReadings();
  const told = [...world.truth.vehicles()];
  expect(told).toHaveLength(60);
  for (const { id, position, measures, seen } of told) {
    const { latitude, longitude, ...others } = Object.fromEntries(fleet.get(id) ?? []);
    expect(measures).toEqual(others);
    expect(position).toEqual({ latitude: latitude?.value, longitude: longitude?.value, time: latitude?.time });
    expect(seen).toBe(
      Object.values(others)
        .map(({ time }) => time)
        .sort()
        .at(-1),
    );
  }
});

type Change = { row: string; position: string; operation: string; fields: Json };

function changesOf(record: OutgoingRecord): Change[] {
  const json = read(record);
  if (!json) return [];
  return record.topic.startsWith("sap.") ? sapChanges(record.topic.slice(4), json) : crmChanges(json);
}

function sapChanges(table: string, json: Json): Change[] {
  const message = json.message as { data: Json | null; beforeData: Json | null; headers?: Json };
  const operation = String(message.headers?.operation);
  const fields = message.data ?? message.beforeData ?? {};
  const isKnown = ["INSERT", "UPDATE", "DELETE", "REFRESH"].includes(operation);
  const values = SAP_TABLES[table as SapTable].key.map((column) => fields[column]);
  if (!isKnown || values.includes(undefined)) return [];
  const key = values.join("|");
  return [{ row: `sap/${table}/${key}`, position: String(message.headers?.changeSequence), operation, fields }];
}

function crmChanges(json: Json): Change[] {
  if (!json.payload) return [];
  const { ChangeEventHeader: header, ...fields } = json.payload as { ChangeEventHeader: Json };
  if (typeof header.commitTimestamp !== "number") return [];
  const position = String(header.commitNumber).padStart(20, "0");
  return (header.recordIds as string[]).map((id) => ({
    row: `salesforce/${header.entityName}/${id}`,
    position,
    operation: String(header.changeType),
    fields,
  }));
}

/** The plainest fold of changes: put them into the order of their source, then apply one after the other. */
function foldChanges() {
  const changes = records.filter(({ topic }) => /^(sap|salesforce)\./.test(topic)).flatMap(changesOf);
  const rows = new Map<string, { image: Json; deleted: boolean; stale: boolean }>();
  for (const { row, operation, fields } of changes.sort((a, b) =>
    a.position < b.position ? -1 : a.position > b.position ? 1 : 0,
  )) {
    const before = rows.get(row);
    const isWhole = ["INSERT", "REFRESH", "CREATE", "UNDELETE"].includes(operation);
    rows.set(row, {
      image: isWhole ? fields : { ...before?.image, ...fields },
      deleted: operation === "DELETE",
      stale: operation === "GAP_UPDATE" || (!isWhole && (before?.stale ?? false)),
    });
  }
  return rows;
}

test("the truth of every row is the fold of its changes in the order of its source", () => {
  const rows = foldChanges();
  const told = [...world.truth.snapshots()];
  expect(told.length).toBeGreaterThan(200);
  expect(told.length).toBe(rows.size);
  for (const { system, entity, key, image, deleted, stale } of told) {
    const shown = { image: JSON.parse(JSON.stringify(image)), deleted, stale };
    expect(shown).toEqual(rows.get(`${system}/${entity}/${key}`));
  }
});

test("the world has rows of every fate", () => {
  const told = [...world.truth.snapshots()];
  const has = (entity: string, test: (row: (typeof told)[number]) => boolean) =>
    told.some((row) => row.entity === entity && test(row));
  expect(has("LIKP", ({ image }) => image.WADAT_IST !== "00000000")).toBe(true);
  expect(has("LIKP", ({ image }) => image.PODAT !== "00000000")).toBe(true);
  expect(has("Order", ({ image }) => image.Status === "Delivered" && image.Description === "Invoiced")).toBe(true);
  expect(has("Order", ({ image }) => image.ShipToContactId === null)).toBe(true);
});

test("all sites that were told are in the truth", () => {
  expect(world.truth.sites()).toEqual(onTopic(records, "master.sites").map(({ value }) => JSON.parse(value)));
});
