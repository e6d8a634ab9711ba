import type { APIRequestContext } from "@playwright/test";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { mapPosition, signIn } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { type Product, startProduct } from "./product.ts";

const KEY = "own-sources-key-0123456789-0123456789";
const ADMIN = { email: "admin@example.com", password: "correct horse battery staple" };

let product: Product;
let producer: Producer;
let api: APIRequestContext;

/** A separate program that knows nothing of the tower but the address of the broker and the published formats. */
test.beforeAll(async ({ playwright }) => {
  product = await startProduct({
    WHEELHOUSE_SIMULATOR: "off",
    WHEELHOUSE_API_KEY: KEY,
    WHEELHOUSE_ADMIN_EMAIL: ADMIN.email,
    WHEELHOUSE_ADMIN_PASSWORD: ADMIN.password,
  });
  const kafka = new Kafka({ clientId: "own-program", brokers: [product.broker], logLevel: logLevel.ERROR });
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
  const extraHTTPHeaders = { authorization: `Bearer ${KEY}` };
  api = await playwright.request.newContext({ baseURL: product.web, extraHTTPHeaders });
});
test.afterAll(async () => {
  await producer?.disconnect();
  await api?.dispose();
  await product?.stop();
});

const send = (topic: string, key: string, value: object) =>
  producer.send({ topic, messages: [{ key, value: JSON.stringify(value) }] });
const reading = (time: Date, more: object) =>
  send("telematics.readings", "T1", { schema: "reading.v1", vehicleId: "T1", time: time.toISOString(), ...more });
const body = async (path: string) => {
  const answer = await api.get(`/api/v1/${path}`);
  return answer.ok() ? answer.json() : null;
};
const SAP_TIME = "2026-08-19T14:30:01.000";
const changeOf = (operation: string, sequence: string, data: object, beforeData: object | null = null) => ({
  magic: "atMSG",
  type: "DT",
  headers: null,
  messageSchemaId: null,
  messageSchema: null,
  message: {
    data,
    beforeData,
    headers: {
      operation,
      changeSequence: `2026081914300125${sequence.padStart(19, "0")}`,
      timestamp: SAP_TIME,
      streamPosition: "00000000.00bb2531.00000001.0000.02.0000:154.6963.16",
      transactionId: "00000000000000000000000000060008",
      changeMask: "04",
      columnMask: "07",
      transactionEventCounter: 1,
      transactionLastEvent: true,
    },
  },
});

test("a site, readings, a goods issue and an order of somebody else's program are in the API", async () => {
  await send("master.sites", "1010", {
    schema: "site.v1",
    siteId: "1010",
    kind: "plant",
    name: "Joliet",
    latitude: 41.5,
    longitude: -88.1,
    timeZone: "America/Chicago",
    radiusM: 500,
  });
  await reading(new Date(), { readingId: "r1", latitude: 41.525, longitude: -88.0817, speedKmh: 88.5, coolantC: 88 });
  const delivery = { MANDT: "100", VBELN: "0080012345" };
  await send("sap.LIKP", "x", changeOf("INSERT", "1", { ...delivery, WADAT_IST: "00000000", KUNNR: "0000001000" }));
  await send("sap.LIKP", "y", changeOf("UPDATE", "2", { ...delivery, WADAT_IST: "20260819" }, delivery));
  await send("salesforce.OrderChangeEvent", "8015g00000Xk2aAAB", {
    schema: "IeRuaY6cbI_HsV8Rv1Mc5g",
    payload: {
      ChangeEventHeader: {
        entityName: "Order",
        recordIds: ["8015g00000Xk2aAAB"],
        changeType: "CREATE",
        changeOrigin: "com/salesforce/api/rest/63.0;client=OMS",
        transactionKey: "0002343d-9d90-e395-ed20-cf416ba652ad",
        sequenceNumber: 1,
        commitTimestamp: 1787133601000,
        commitNumber: 10706384729102,
        commitUser: "0055g00000ABcdeAAG",
        nulledFields: [],
        diffFields: [],
        changedFields: ["Status"],
      },
      Status: "Draft",
      PoNumber: "4500",
    },
    event: { replayId: 6523041 },
  });

  await expect.poll(async () => (await body("sites"))?.items).toMatchObject([{ id: "1010", name: "Joliet" }]);
  await expect
    .poll(() => body("vehicles/T1"))
    .toMatchObject({
      motion: "moving",
      position: { latitude: 41.525, longitude: -88.0817, speedKmh: 88.5 },
      measures: { coolantC: { value: 88 } },
      record: { topic: "telematics.readings" },
    });
  await expect
    .poll(() => body(`snapshots/sap/LIKP/${encodeURIComponent("100|0080012345")}`))
    .toMatchObject({ image: { WADAT_IST: "20260819", KUNNR: "0000001000" }, deleted: false });
  await expect
    .poll(() => body("snapshots/salesforce/Order/8015g00000Xk2aAAB"))
    .toMatchObject({ image: { Status: "Draft", PoNumber: "4500" } });
});

test("a vehicle of somebody else's program moves on the page, without a reload", async ({ page }) => {
  await reading(new Date(), { readingId: "m1", latitude: 41.6, longitude: -88.2, speedKmh: 80 });
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/fleet?vehicle=T1&map=-88.2,41.6,10`);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await expect.poll(async () => (await mapPosition(page, "T1"))?.[0]).toBeCloseTo(-88.2, 3);
  await reading(new Date(), { readingId: "m2", latitude: 41.62, longitude: -88.25, speedKmh: 80 });
  await expect.poll(async () => (await mapPosition(page, "T1"))?.[0]).toBeCloseTo(-88.25, 3);
  expect(await page.evaluate(() => (window as { notReloaded?: boolean }).notReloaded)).toBe(true);
});

test("a broken record becomes a dead letter that an admin mends and replays, while the others go on", async () => {
  await producer.send({ topic: "telematics.readings", messages: [{ key: "T2", value: '{"schema":"reading.v1"' }] });
  await reading(new Date(), { readingId: "after", fuelPct: 61.2 });
  await expect.poll(async () => (await body("vehicles/T1"))?.measures.fuelPct?.value).toBe(61.2);
  await expect.poll(async () => (await body("dead-letters?reason=not_json"))?.items.length).toBe(1);
  const [letter] = (await body("dead-letters?reason=not_json")).items;
  const mended = { schema: "reading.v1", vehicleId: "T2", time: new Date().toISOString(), engineRpm: 1350 };
  const value = Buffer.from(JSON.stringify(mended)).toString("base64");
  const path = `/api/v1/dead-letters/${encodeURIComponent(letter.id)}`;
  expect((await api.post(`${path}/replay`, { data: { value } })).ok()).toBe(true);
  await expect.poll(async () => (await body("vehicles/T2"))?.measures.engineRpm?.value).toBe(1350);
  await expect.poll(async () => (await api.get(path)).json()).toMatchObject({ status: "replayed" });
  expect((await api.post(`${path}/replay`, { data: {} })).status()).toBe(409);
});

test("without a simulated world the sign-in page offers no demo users", async ({ page }) => {
  await page.goto(`${product.web}/sign-in`);
  await expect(page.getByRole("button", { name: "Sign in", exact: true })).toBeVisible();
  await expect(page.getByRole("button", { name: "Planner", exact: true })).toHaveCount(0);
  expect((await page.request.post(`${product.web}/api/demo-sign-in`, { data: { role: "admin" } })).status()).toBe(404);
});
