import { expect, test } from "vitest";
import { z } from "zod";
import { MEASURES as CONTRACT_MEASURES } from "../../contracts/measures.ts";
import { SiteRecord } from "../../contracts/site.ts";
import { READINGS_TOPIC, SITES_TOPIC } from "../../contracts/topics.ts";
import { aWorld, HOUR_MS, onTopic, recordsOf, SPARSE } from "../testing.ts";
import { createWorld } from "../world.ts";
import { salesforceId } from "./salesforce-id.ts";
import { columnMask, SAP_TABLES } from "./sap-tables.ts";

const records = recordsOf(createWorld(aWorld({ vehicles: 60, intervalsMs: SPARSE })), 6 * HOUR_MS);
const parsed = (topic: string) => onTopic(records, topic).map(({ value }) => JSON.parse(value));

const Time = z.iso.datetime({ precision: 3 });
const Mask = z.string().regex(/^([0-9A-F]{2})+$/);
const Row = z.record(z.string(), z.string());

const Reading = z.strictObject({
  schema: z.literal("reading.v1"),
  vehicleId: z.string().regex(/^TRK-\d{5,6}$/),
  time: Time,
  source: z.literal("canonical"),
  readingId: z.string().optional(),
  event: z.enum(["harsh_braking", "harsh_acceleration", "harsh_cornering"]).optional(),
  ...Object.fromEntries(
    CONTRACT_MEASURES.map(({ name, kind, min, max }) => {
      const number = z.number().min(min).max(max);
      const value = kind === "boolean" ? z.boolean() : kind === "list" ? z.array(number).min(1) : number;
      return [name, value.optional()];
    }),
  ),
});

const Qlik = z.strictObject({
  magic: z.literal("atMSG"),
  type: z.literal("DT"),
  headers: z.null(),
  messageSchemaId: z.null(),
  messageSchema: z.null(),
  message: z.strictObject({
    data: Row.nullable(),
    beforeData: Row.nullable(),
    headers: z.discriminatedUnion("operation", [
      z.object({ operation: z.literal("REFRESH"), changeSequence: z.literal(""), changeMask: z.null() }),
      z.object({
        operation: z.enum(["INSERT", "UPDATE", "DELETE"]),
        changeSequence: z.string().regex(/^\d{35}$/),
        timestamp: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}$/),
        streamPosition: z.string(),
        transactionId: z.string().length(32),
        changeMask: Mask,
        columnMask: Mask,
        transactionEventCounter: z.number(),
        transactionLastEvent: z.boolean(),
      }),
    ]),
  }),
});

const OrderEvent = z.strictObject({
  schema: z.string(),
  payload: z.looseObject({
    ChangeEventHeader: z.strictObject({
      entityName: z.literal("Order"),
      recordIds: z.array(z.string().regex(/^801[A-Za-z0-9]{15}$/)).min(1),
      changeType: z.enum(["CREATE", "UPDATE", "DELETE", "UNDELETE", "GAP_UPDATE"]),
      changeOrigin: z.string(),
      transactionKey: z.string(),
      sequenceNumber: z.number().int(),
      commitTimestamp: z.number().int(),
      commitNumber: z.number(),
      commitUser: z.string(),
      nulledFields: z.array(z.string()),
      diffFields: z.array(z.string()),
      changedFields: z.array(z.string()),
    }),
  }),
  event: z.strictObject({ replayId: z.number().int() }),
});

test("sites and readings keep their contracts", () => {
  for (const site of parsed(SITES_TOPIC)) SiteRecord.parse(site);
  const readings = parsed(READINGS_TOPIC);
  for (const reading of readings) Reading.parse(reading);
  expect(readings.filter(({ readingId }) => readingId === undefined).length).toBeGreaterThan(0);
  expect(readings.some(({ cargoC }) => cargoC !== undefined)).toBe(true);
  const singles = readings.filter((reading) => Object.keys(reading).filter((name) => isMeasure(name)).length === 1);
  expect(singles.length).toBeGreaterThan(0);
});

const isMeasure = (name: string) => CONTRACT_MEASURES.some((measure) => measure.name === name);

test("SAP rows come in the replication envelope, in the order of their change sequence", () => {
  for (const topic of ["sap.LIKP", "sap.LIPS"]) {
    const messages = parsed(topic).map((value) => Qlik.parse(value).message);
    const sequences = messages.map(({ headers }) => headers.changeSequence).filter(Boolean);
    expect(sequences).toEqual([...new Set(sequences)].sort());
    expect(new Set(messages.map(({ headers }) => headers.operation)).size).toBeGreaterThanOrEqual(3);
  }
});

test("a mask names the columns that are there, little-endian by ordinal", () => {
  expect(columnMask("LIPS", ["MANDT", "VBELN", "PSTYV"])).toBe("0B0000");
  const columns = SAP_TABLES.LIKP.columns.split(" ");
  for (const { value } of onTopic(records, "sap.LIKP")) {
    const { data, headers } = JSON.parse(value).message;
    if (headers.operation === "REFRESH" || data === null) continue;
    const bits = [...Buffer.from(headers.columnMask, "hex")].flatMap((byte) =>
      Array.from({ length: 8 }, (_, bit) => (byte >> bit) & 1),
    );
    expect(columns.filter((_, ordinal) => bits[ordinal] === 1).sort()).toEqual(Object.keys(data).sort());
  }
});

test("goods issue is an update that sets WADAT_IST, with part of the row or with all of it", () => {
  const issues = parsed("sap.LIKP")
    .map(({ message }) => message)
    .filter(({ headers, data }) => headers.operation === "UPDATE" && (data.WADAT_IST ?? "00000000") !== "00000000");
  const [partial, full] = [issues.find(({ beforeData }) => !beforeData), issues.find(({ beforeData }) => beforeData)];
  expect(Object.keys(partial.data).sort()).toEqual(["KOSTK", "MANDT", "VBELN", "WADAT_IST", "WBSTK"]);
  expect(Object.keys(full.data)).toEqual(Object.keys(full.beforeData));
});

/** Deliveries that are taken back: their orders never reached SAP. */
const mistakes = new Set(
  parsed("sap.LIKP")
    .map(({ message }) => message)
    .filter(({ headers, data }) => headers.operation === "DELETE" || data?.SPE_LOEKZ === "X")
    .map(({ data, beforeData }) => (data ?? beforeData).VBELN),
);

test("a vehicle's id stands in its delivery, its order's number in the delivery's lines", () => {
  const inserts = (topic: string) =>
    parsed(topic)
      .map(({ message }) => message)
      .filter(({ headers }) => headers.operation === "INSERT")
      .map(({ data }) => data);
  const reporting = new Set(onTopic(records, READINGS_TOPIC).map(({ key }) => key));
  expect(inserts("sap.LIKP").every(({ TRAID }) => reporting.has(TRAID))).toBe(true);
  const sold = new Set(parsed("sap.VBAK").map(({ message }) => message.data.VBELN));
  const moved = new Set(parsed("sap.EKKO").map(({ message }) => message.data.EBELN));
  const customersGet = new Map(inserts("sap.LIKP").map(({ VBELN, LFART }) => [VBELN, LFART === "LF"]));
  const lines = inserts("sap.LIPS").filter(({ VBELN }) => !mistakes.has(VBELN));
  expect(lines.length).toBeGreaterThan(20);
  expect(lines.every(({ VBELN, VGBEL }) => (customersGet.get(VBELN) ? sold : moved).has(VGBEL))).toBe(true);
});

test("order events are those of the Streaming API, with commit numbers that a double cannot hold", () => {
  const values = onTopic(records, "salesforce.OrderChangeEvent").map(({ value }) => value);
  const events = values.map((value) => OrderEvent.parse(JSON.parse(value)));
  const literals = values.map((value) => BigInt(/"commitNumber":(\d+)/.exec(value)?.[1] ?? "0"));
  expect(literals.some((literal) => BigInt(Number(literal)) !== literal)).toBe(true);
  expect(literals).toEqual([...literals].sort((a, b) => (a < b ? -1 : 1)));
  const replayIds = events.map(({ event }) => event.replayId);
  expect(replayIds).toEqual([...new Set(replayIds)].sort((a, b) => a - b));
  expect(events.some(({ payload }) => payload.ChangeEventHeader.recordIds.length > 1)).toBe(true);
  for (const { payload } of events) {
    const { ChangeEventHeader: header, ...fields } = payload;
    if (header.changeType === "UPDATE") expect(header.changedFields).toEqual(Object.keys(fields));
    if (["DELETE", "GAP_UPDATE"].includes(header.changeType)) expect(fields).toEqual({});
  }
});

const hasLeft = (order: string) =>
  parsed("sap.LIPS").some(({ message }) => message.headers.operation === "INSERT" && message.data.VGBEL === order);

test("an order is known before its delivery, and a delivery before its goods issue", () => {
  const indexOf = (find: (value: string) => boolean) => records.findIndex(({ value }) => find(value));
  const rush = parsed("sap.VBAK").findLast(
    ({ message }) => message.headers.operation === "INSERT" && hasLeft(message.data.VBELN),
  );
  const inserted = parsed("sap.LIPS").find(({ message }) => message.data?.VGBEL === rush.message.data.VBELN).message
    .data;
  const order = indexOf((value) => value.includes(`"PoNumber":"PO-${inserted.VGBEL}"`));
  const header = indexOf((value) => value.includes('"INSERT"') && value.includes(`"VBELN":"${inserted.VBELN}"`));
  expect(order).toBeGreaterThanOrEqual(0);
  expect(header).toBeGreaterThan(order);
});

test("the last three characters of a record id tell its capitals", () => {
  expect(salesforceId("801", "0")).toBe("8015g0000000000AAA");
  expect(salesforceId("801", "35")).toBe("8015g000000000ZAAQ");
});
