import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Producer } from "kafkajs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import * as orderRoute from "@/app/api/v1/orders/[id]/route.ts";
import * as ordersRoute from "@/app/api/v1/orders/route.ts";
import { Order, OrderPage } from "@/server/contracts/order.ts";
import type { Trip } from "@/server/contracts/trip.ts";
import { createLogger } from "@/server/platform/logger.ts";
import { openDatabase } from "@/server/store/client.ts";
import { createKafka, createProducer, createTopics } from "@/server/stream/kafka.ts";
import { type Answer, call } from "@/server/testing/call.ts";
import { type TestDatabase, testDatabase } from "@/server/testing/database.ts";
import { startBrokerProcess } from "@/server/testing/start-broker-process.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { type ChangesLane, createChangesLane } from "@/server/threads/changes-lane.ts";
import { type OrdersWiring, wireOrders } from "@/server/wire-orders.ts";

const logger = createLogger("test", "silent");
const CRM_ID = "8015g00000Xk2aAAB";
const SAP_ID = "sap:100:0000012345";
const TABLES = ["VBAK", "VBAP", "VBEP", "LIKP", "LIPS", "KNA1"];
const TOPICS = [
  ...TABLES.map((table) => `sap.${table}`),
  ...["Order", "OrderItem", "Account", "Case"].map((entity) => `salesforce.${entity}ChangeEvent`),
];

let directory: string;
let broker: Awaited<ReturnType<typeof startBrokerProcess>>;
let producer: Producer;
let own: TestDatabase;
let lane: ChangesLane;
let orders: OrdersWiring;
let tower: TestTower;
let trips: Trip[] = [];
let sent = 0;

// The lane reads every topic under its names, so the suite has a broker to itself.
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "wheelhouse-orders-"));
  broker = await startBrokerProcess({ cloneDirectory: process.cwd(), directory });
  const kafkaSettings = { clientId: "orders-test", brokers: [broker.address], ssl: false, sasl: null };
  const kafka = createKafka(kafkaSettings, logger);
  const admin = kafka.admin();
  await admin.connect();
  await createTopics(
    admin,
    TOPICS.map((topic) => ({ topic, numPartitions: 6 })),
  );
  await admin.disconnect();
  producer = createProducer(kafka);
  await producer.connect();

  own = await testDatabase();
  const database = openDatabase(own.url, 4);
  orders = wireOrders({ database, tripsOf: tripsWith, now: Date.now, logger });
  tower = await testTower({ database, orders: orders.ports });
  lane = createChangesLane({
    kafka: kafkaSettings,
    databaseUrl: own.url,
    logLevel: "error",
    timing: { fetchWaitMs: 50 },
  });
  lane.onTouched(orders.feed.touched);
  await lane.start();
  await orders.feed.start();
});
afterAll(async () => {
  await orders.feed.stop();
  await lane.stop();
  await producer.disconnect();
  await tower.stop();
  await own.drop();
  await broker.stop();
  rmSync(directory, { recursive: true, force: true });
});

const tripsWith = (deliveryIds: readonly string[]) =>
  trips.filter((trip) => trip.stops.some((stop) => stop.deliveryIds.some((id) => deliveryIds.includes(id))));

/** As Qlik Replicate sends a row. The change sequence goes on with every record of this program. */
function sap(table: string, operation: "INSERT" | "UPDATE" | "DELETE", row: Record<string, string>): Promise<unknown> {
  const changeSequence = `${stamp()}${String(++sent).padStart(19, "0")}`;
  const data = { MANDT: "100", ...row };
  const headers = { operation, changeSequence, timestamp: new Date().toISOString().slice(0, 23) };
  const message = operation === "DELETE" ? { data: null, beforeData: data, headers } : { data, headers };
  const value = JSON.stringify({ magic: "atMSG", type: "DT", message });
  return producer.send({ topic: `sap.${table}`, messages: [{ value }] });
}

const stamp = (): string => new Date().toISOString().replace(/[-:T]/g, "").replace(".", "").slice(0, 16);
const today = (): string => new Date().toISOString().slice(0, 10).replaceAll("-", "");

/** As Salesforce's Streaming API sends a change. */
function salesforce(entity: string, changeType: string, id: string, fields: object): Promise<unknown> {
  const header = {
    ...{ entityName: entity, recordIds: [id], changeType, sequenceNumber: 1 },
    ...{ commitTimestamp: Date.now(), commitNumber: 10706384729102 + ++sent },
  };
  const value = JSON.stringify({ payload: { ChangeEventHeader: header, ...fields }, event: { replayId: sent } });
  return producer.send({ topic: `salesforce.${entity}ChangeEvent`, messages: [{ key: id, value }] });
}

const get = (id: string): Promise<Answer> => call(orderRoute.GET, `/api/v1/orders/${encodeURIComponent(id)}`);
const list = async (query = "") => OrderPage.parse((await call(ordersRoute.GET, `/api/v1/orders${query}`)).json);

async function eventually(id: string, check: (order: Order) => void): Promise<Order> {
  const answer = await vi.waitFor(
    async () => {
      const { status, json } = await get(id);
      expect(status).toBe(200);
      check(json);
      // What the list and the sockets say is the same order.
      const listed = (await list()).items.find((item) => item.id === id);
      expect(listed).toMatchObject({ status: json.status, risk: json.risk });
      return json;
    },
    { timeout: 20_000, interval: 25 },
  );
  return Order.parse(answer);
}

const kinds = (order: Order) => order.timeline.map(({ kind, source }) => `${source}:${kind}`);

test("one order goes from a draft in Salesforce to the proof of its delivery, each step seen as it comes", async () => {
  await salesforce("Order", "CREATE", CRM_ID, {
    ...{ Status: "Draft", OrderNumber: "00000812", PoNumber: "4500", AccountId: "001A", TotalAmount: 1250 },
    ...{ EndDate: "2036-08-28", CreatedDate: "2026-08-19T09:00:00.000Z" },
  });
  await eventually(`salesforce:${CRM_ID}`, (order) =>
    expect(order).toMatchObject({
      status: "open",
      customerReference: "4500",
      value: { amount: "1250.00", currency: "USD" },
    }),
  );
  await salesforce("Account", "CREATE", "001A", { Name: "Acme Stores", AccountNumber: "1000" });
  await salesforce("Order", "UPDATE", CRM_ID, { Status: "Activated" });
  const active = await eventually(`salesforce:${CRM_ID}`, (order) => {
    expect(order.customer.name).toBe("Acme Stores");
    expect(kinds(order)).toContain("salesforce:crm_changed");
  });
  expect(active.sources).toEqual([{ system: "salesforce", entity: "Order", key: CRM_ID }]);

  await sap("VBEP", "INSERT", {
    VBELN: "0000012345",
    POSNR: "000010",
    ETENR: "0001",
    EDATU: "20360828",
    WMENG: "480.000",
    BMENG: "0.000",
  });
  await sap("VBAP", "INSERT", {
    VBELN: "0000012345",
    POSNR: "000010",
    MATNR: "000000000000104711",
    KWMENG: "480.000",
    VRKME: "EA",
    WERKS: "1010",
  });
  await sap("VBAK", "INSERT", {
    ...{ VBELN: "0000012345", BSTNK: "4500", KUNNR: "0000001000", NETWR: "1250.00", WAERK: "USD" },
    ...{ VDATU: "20360828", ERDAT: today() },
  });
  await eventually(SAP_ID, (order) =>
    expect(order).toMatchObject({
      number: "12345",
      status: "open",
      lines: [{ ordered: "480.000", confirmed: "0.000" }],
    }),
  );
  await vi.waitFor(async () => expect((await list()).items.map(({ id }) => id)).toEqual([SAP_ID]), 20_000);
  const moved = await get(`salesforce:${CRM_ID}`);
  expect([moved.status, moved.headers.get("location")]).toEqual([308, `/api/v1/orders/${encodeURIComponent(SAP_ID)}`]);

  await sap("VBEP", "UPDATE", { VBELN: "0000012345", POSNR: "000010", ETENR: "0001", BMENG: "480.000" });
  await eventually(SAP_ID, (order) =>
    expect(order).toMatchObject({ status: "confirmed", risk: "on_plan", confirmedDate: "2036-08-28" }),
  );

  await sap("LIPS", "INSERT", {
    VBELN: "0080012345",
    POSNR: "000010",
    MATNR: "000000000000104711",
    LFIMG: "480.000",
    VRKME: "EA",
    VGBEL: "0000012345",
    VGPOS: "000010",
  });
  await sap("LIKP", "INSERT", {
    ...{ VBELN: "0080012345", LFART: "LF", VSTEL: "1010", KUNNR: "0000001000", BOLNR: "BOL80012345", TRAID: "T1" },
    ...{ WADAT: today(), WADAT_IST: "00000000", PODAT: "00000000", ERDAT: today(), KOSTK: "A" },
  });
  await eventually(SAP_ID, (order) =>
    expect(order).toMatchObject({
      status: "picking",
      vehicleIds: ["T1"],
      deliveries: [{ billOfLading: "BOL80012345", goodsIssueDate: null }],
    }),
  );
  await sap("LIKP", "UPDATE", { VBELN: "0080012345", KOSTK: "C" });
  await eventually(SAP_ID, (order) => expect(kinds(order)).toContain("sap:picked"));
  await sap("LIKP", "UPDATE", { VBELN: "0080012345", WADAT_IST: today() });
  await eventually(SAP_ID, (order) => {
    expect(order).toMatchObject({ status: "shipped", risk: "unknown", lines: [{ delivered: "480.000" }] });
    expect(order.timeline.find(({ kind }) => kind === "goods_issue")).toMatchObject({ record: { topic: "sap.LIKP" } });
  });

  trips = [aTrip()];
  orders.feed.tripsChanged(trips, []);
  orders.feed.deliveriesMoved(["sap:100:0080012345"]);
  await eventually(SAP_ID, (order) => {
    expect(order).toMatchObject({ status: "in_transit", risk: "on_plan", eta: aTrip().stops[1]!.eta!.p50 });
    expect(kinds(order)).toEqual(expect.arrayContaining(["truck:departed", "truck:arrived"]));
  });
  await salesforce("Case", "CREATE", "500A", {
    CaseNumber: "00001017",
    Subject: "Where is order 12345?",
    Status: "New",
    AccountId: "001A",
  });
  await eventually(SAP_ID, (order) => expect(kinds(order)).toContain("salesforce:case_opened"));

  await sap("LIKP", "UPDATE", { VBELN: "0080012345", PODAT: today(), POTIM: "120000" });
  const delivered = await eventually(SAP_ID, (order) =>
    expect(order).toMatchObject({ status: "delivered", risk: "on_plan" }),
  );
  expect(delivered.sources.map(({ entity }) => entity)).toEqual(["Order", "VBAK", "LIKP", "VTTK"]);
  expect(delivered.disagreementList).toEqual([]);
  const statuses = orders.room.since({ epoch: orders.room.epoch, seq: 0 });
  expect(statuses.seq).toBe(0);
  const event = orders.room.flush();
  expect(event?.changed).toMatchObject([{ id: SAP_ID, status: "delivered" }]);
  expect(event?.gone).toEqual([`salesforce:${CRM_ID}`]);
});

function aTrip(): Trip {
  const stop = {
    ...{
      plannedArrival: null,
      plannedDeparture: null,
      arrivedAt: null,
      departedAt: null,
      eta: null,
      varianceMinutes: null,
    },
    ...{ reportedArrival: null, reportedDeparture: null, deliveryIds: ["sap:100:0080012345"] },
    ...{ arrivalRecord: null, departureRecord: null },
    records: { plannedArrival: null, plannedDeparture: null, reportedArrival: null, reportedDeparture: null },
  };
  return {
    ...{
      id: "sap:100:0000700001",
      number: "700001",
      vehicleId: "T1",
      carrier: null,
      state: "under_way",
      service: "on_time",
    },
    stops: [
      { ...stop, sequence: 1, site: "1010", kind: "load", departedAt: "2036-08-27T08:00:00.000Z" },
      {
        ...stop,
        sequence: 2,
        site: "1000",
        kind: "unload",
        eta: { p50: "2036-08-27T20:00:00.000Z", p90: "2036-08-27T21:00:00.000Z" },
      },
    ],
    ...{ remainingM: 1_000, orderIds: [SAP_ID], record: null, vehicleRecord: null, version: 1 },
  };
}

test("an order that nobody knows is not found; a list asked wrongly says where; nobody reads without signing in", async () => {
  expect((await get("sap:100:0099999999")).status).toBe(404);
  expect((await get("nonsense")).status).toBe(404);
  for (const query of ["?risk=bad", "?sort=worst", "?due=someday", "?limit=0", "?cursor=abc", "?more=1"])
    expect((await call(ordersRoute.GET, `/api/v1/orders${query}`)).status, query).toBe(400);
  expect((await call(ordersRoute.GET, "/api/v1/orders?asOf=2026-08-19T14:30:00.000Z")).status).toBe(422);
  expect((await call(ordersRoute.GET, "/api/v1/orders", { as: "nobody" })).status).toBe(401);
  expect((await call(orderRoute.GET, `/api/v1/orders/${SAP_ID}`, { as: "nobody" })).status).toBe(401);
});
