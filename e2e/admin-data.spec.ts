import type { APIRequestContext, Page } from "@playwright/test";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { signIn } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { type Product, startProduct } from "./product.ts";

const KEY = "admin-data-key-0123456789-0123456789";
const ADMIN = { email: "admin@example.com", password: "correct horse battery staple" };
const WIDTHS = [1440, 390] as const;

let product: Product;
let producer: Producer;
let kafka: Kafka;
let api: APIRequestContext;

/** A product of its own: what is rejected here is what these tests have sent, and nothing else. */
test.beforeAll(async ({ playwright }) => {
  product = await startProduct({
    WHEELHOUSE_SIMULATOR: "off",
    WHEELHOUSE_API_KEY: KEY,
    WHEELHOUSE_ADMIN_EMAIL: ADMIN.email,
    WHEELHOUSE_ADMIN_PASSWORD: ADMIN.password,
  });
  kafka = new Kafka({ clientId: "own-program", brokers: [product.broker], logLevel: logLevel.ERROR });
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

const likp = (sequence: number, row: object, operation = "INSERT") =>
  JSON.stringify({
    magic: "atMSG",
    type: "DT",
    message: {
      data: { MANDT: "100", ...row },
      beforeData: null,
      headers: {
        operation,
        changeSequence: `2026081914300125${String(sequence).padStart(19, "0")}`,
        timestamp: "2026-08-19T14:30:01.000",
      },
    },
  });
const send = (topic: string, ...values: string[]) =>
  producer.send({ topic, messages: values.map((value) => ({ key: "k", value })) });
const get = async (path: string) => {
  const answer = await api.get(`/api/v1/${path}`);
  return answer.ok() ? answer.json() : null;
};
const imageOf = async (key: string, entity = "LIKP") =>
  (await get(`snapshots/sap/${entity}/${encodeURIComponent(key)}`))?.image;

async function openData(page: Page, search = ""): Promise<void> {
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/admin/data${search}`);
}

test("a broken delivery is seen with its failing field, mended there, replayed, and appears", async ({ page }) => {
  await openData(page);
  await expect(page.getByRole("heading", { name: "No record waits" })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await send("sap.LIKP", likp(1, { WADAT: "20261130", BTGEW: 17427.5 }));

  await page.getByRole("button", { name: /Key is missing/ }).click();
  const row = page.getByRole("row", { name: /VBELN/ });
  await expect(row).toContainText("not there");
  await expect(page.getByText(/Would be rejected again: key is missing/)).toBeVisible();
  await expect(page.getByRole("button", { name: "Replay as it is" })).toBeDisabled();

  await page.getByRole("textbox", { name: "Mend VBELN" }).fill('"0080334612"');
  await expect(page.getByText(/After replay: Delivery 0080334612 appears/)).toBeVisible();
  await page.getByRole("button", { name: "Mend and replay" }).click();
  await expect.poll(() => imageOf("100|0080334612")).toMatchObject({ WADAT: "20261130", BTGEW: "17427.5" });
  await expect(page.getByText("Read", { exact: true })).toBeVisible();
  await expect(page.getByRole("heading", { name: "No record waits" })).toBeVisible();
  expect(await page.evaluate(() => (window as { notReloaded?: boolean }).notReloaded)).toBe(true);

  await page.getByRole("button", { name: "Snapshots" }).click();
  await page.getByRole("textbox", { name: "Find by key" }).fill("80334612");
  await page.getByRole("button", { name: /0080334612/ }).click();
  await expect(page.getByRole("heading", { name: "Delivery 0080334612" })).toBeVisible();
  await expect(page.getByRole("row", { name: /WADAT.*Planned goods issue.*20261130/ })).toBeVisible();
});

test("a row's history shows each change before and after, and one that came late", async ({ page }) => {
  await send("sap.LIKP", likp(20, { VBELN: "0080334700", ROUTE: "US0114", WADAT: "20261116" }));
  await send("sap.LIKP", likp(22, { VBELN: "0080334700", ROUTE: "US0118", WADAT: "20261117" }, "UPDATE"));
  await send("sap.LIKP", likp(21, { VBELN: "0080334700", ROUTE: "US0001" }, "UPDATE"));
  await expect.poll(() => imageOf("100|0080334700")).toMatchObject({ ROUTE: "US0118", WADAT: "20261117" });
  await openData(page, `?tab=snapshots&system=sap&entity=LIKP&key=${encodeURIComponent("100|0080334700")}`);
  const history = page.getByRole("region", { name: "History" });
  await expect(history).toContainText("3 changes");
  await expect(history).toContainText("came late");
  await history.getByRole("button", { name: /ROUTE, WADAT/ }).click();
  const route = page.getByRole("row", { name: /ROUTE/ });
  await expect(route).toContainText("− US0001");
  await expect(route).toContainText("+ US0118");
  await page.getByRole("button", { name: "Show only changes" }).click();
  await expect(page.getByRole("row", { name: /VBELN/ })).toHaveCount(0);
  await expect(page).toHaveURL(/only=changes/);
});

test("a record is set aside with a reason, opened again by undo, and kept with its history", async ({ page }) => {
  await send("master.sites", '{"schema":"site.v1","siteId":"2020"');
  await openData(page);
  await page.getByRole("button", { name: /Is not JSON/ }).click();
  await page.getByRole("button", { name: "Set aside", exact: true }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox").fill("a test of theirs");
  await dialog.getByRole("button", { name: "Set aside" }).click();
  await page.getByRole("button", { name: "Undo", exact: true }).click();
  const [letter] = await expect
    .poll(async () => (await get("dead-letters?status=open"))?.items.length)
    .toBe(1)
    .then(async () => (await get("dead-letters?status=open")).items);
  expect(letter.attempts).toMatchObject([{ action: "discarded", comment: "a test of theirs" }, { action: "reopened" }]);

  // Mended as a whole: it is no object that has fields.
  await page.getByRole("textbox", { name: "The record as JSON" }).fill(
    JSON.stringify({
      schema: "site.v1",
      siteId: "2020",
      kind: "plant",
      name: "Peoria",
      latitude: 40.7,
      longitude: -89.6,
    }),
  );
  await expect(page.getByText(/After replay: Site 2020 appears/)).toBeVisible();
  await page.getByRole("button", { name: "Mend and replay" }).click();
  await expect.poll(async () => (await get("sites"))?.items.map(({ id }: { id: string }) => id)).toContain("2020");
});

test("a topic of any name is connected, and all that was rejected of it goes again in one run", async ({ page }) => {
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: "erp-prod.QMEL", numPartitions: 1 }] });
  await admin.disconnect();
  await send(
    "erp-prod.QMEL",
    ...Array.from({ length: 130 }, (_, n) => likp(1_000 + n, { VBELN: `00900${10_000 + n}` })),
  );
  await openData(page);
  await page.getByRole("button", { name: "Connect a source" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Topic").fill("tower.replays");
  await dialog.getByLabel("Table or object").fill("QMEL");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(page.getByText(/the tower uses this topic itself/)).toBeVisible();
  await dialog.getByLabel("Topic").fill("erp-prod.QMEL");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog).toBeHidden();
  // Read as the wrong table: every record lacks its key. The mapping is put right, then all of them go again.
  await expect(page.getByRole("button", { name: /Key is missing.*130/ })).toBeVisible({ timeout: 60_000 });
  const { mapping } = await get("sources");
  const mappings = [{ topic: "erp-prod.QMEL", connector: "sap-qlik", entity: "LIKP", enabled: true }];
  expect((await api.put("/api/v1/sources", { data: { version: mapping.version, mappings } })).ok()).toBe(true);

  await page.getByRole("button", { name: /Key is missing.*130/ }).click();
  await expect(page.getByText(/After replay: Delivery 0090\d+ appears/)).toBeVisible({ timeout: 30_000 });
  await page.getByRole("button", { name: "Replay all 130" }).click();
  await page.getByRole("button", { name: "Start" }).click();
  await expect(page.getByText("130 records were sent through the line once more.")).toBeVisible({ timeout: 60_000 });
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).last().click();
  await expect
    .poll(async () => (await get("snapshots?system=sap&entity=LIKP&q=900&limit=200"))?.items.length)
    .toBe(130);

  // Switched off it is read no more, and says so; the counters of a source add up.
  await page.getByRole("button", { name: "SAP deliveries" }).first().click();
  await expect(page.getByText("These add up to what was delivered.")).toBeVisible();
  await page.getByRole("button", { name: "Switch off" }).click();
  await expect(page.getByRole("row", { name: /erp-prod\.QMEL/ })).toContainText("Off");
});

test("the page is worked by keyboard alone, from the rail to a mended record", async ({ page }) => {
  await send("sap.LIKP", likp(5_000, { WADAT: "20261201" }));
  await signIn(page, ADMIN, product.web);
  await expect.poll(async () => (await get("dead-letters?status=open"))?.items.length).toBeGreaterThan(0);
  // Again until the page answers keys: what is pressed before it is awake is lost.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("d");
    await expect(page).toHaveURL(/\/admin\/data/, { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("button", { name: /Key is missing/ })).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("textbox", { name: "Mend VBELN" })).toBeVisible();
  await page.getByRole("textbox", { name: "Mend VBELN" }).focus();
  await page.keyboard.type('"0080335000"');
  const replay = page.getByRole("button", { name: "Mend and replay" });
  await expect(replay).toBeEnabled();
  await replay.focus();
  await page.keyboard.press("Enter");
  await expect.poll(() => imageOf("100|0080335000")).toMatchObject({ WADAT: "20261201" });
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/letter=/);
});

test("no tab has an accessibility problem that axe can find", async ({ page }) => {
  test.slow();
  await send("sap.LIKP", likp(6_000, { WADAT: "20261202", ROUTE: "R1" }));
  await openData(page);
  await page
    .getByRole("button", { name: /Key is missing/ })
    .first()
    .click();
  await expect(page.getByRole("textbox", { name: "Mend VBELN" })).toBeVisible();
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
  await page.getByRole("button", { name: "Contracts" }).click();
  await page
    .getByRole("button", { name: /SAP deliveries/ })
    .first()
    .click();
  await expect(page.getByRole("cell", { name: "Actual goods issue" })).toBeVisible();
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
  const row = encodeURIComponent("100|0080334700");
  await page.goto(`${product.web}/admin/data?tab=snapshots&system=sap&entity=LIKP&key=${row}`);
  await page.getByRole("button", { name: /ROUTE, WADAT/ }).click();
  await expect(page.getByText("Show only changes")).toBeVisible();
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
});
