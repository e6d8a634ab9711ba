import type { APIRequestContext, Page } from "@playwright/test";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { signIn } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { type Product, startProduct } from "./product.ts";

const KEY = "inventory-key-0123456789-0123456789-key";
const ADMIN = { email: "admin@example.com", password: "correct horse battery staple" };
const MATERIAL = "000000000000104711";
const ID = `100:${MATERIAL}@1010`;
const WIDTHS = [1440, 390] as const;
const DAY_MS = 24 * 60 * 60_000;
/** A page with a map takes its time to begin where the browser draws by software. */
const OPEN = { timeout: 60_000 };

let product: Product;
let producer: Producer;
let api: APIRequestContext;
let sequence = 0;

/** A separate program that knows nothing of the tower but the address of the broker and the published formats. */
test.beforeAll(async ({ playwright }) => {
  test.setTimeout(240_000);
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
  await sendMasterData();
});
test.afterAll(async () => {
  await producer?.disconnect();
  await api?.dispose();
  await product?.stop();
});

const send = (topic: string, value: object) =>
  producer.send({ topic, messages: [{ key: "any", value: JSON.stringify(value) }] });

/** A row of an SAP table as it is inserted, in the envelope of the replication. */
function insert(table: string, row: Record<string, string>) {
  sequence += 1;
  return send(`sap.${table}`, {
    magic: "atMSG",
    type: "DT",
    headers: null,
    messageSchemaId: null,
    messageSchema: null,
    message: {
      data: { MANDT: "100", ...row },
      beforeData: null,
      headers: {
        operation: "INSERT",
        changeSequence: `2026081914300125${String(sequence).padStart(19, "0")}`,
        timestamp: "2026-08-19T14:30:01.000",
        streamPosition: "00000000.00bb2531.00000001.0000.02.0000:154.6963.16",
        transactionId: "00000000000000000000000000060008",
        changeMask: "04",
        columnMask: "07",
        transactionEventCounter: 1,
        transactionLastEvent: true,
      },
    },
  });
}

const sapDay = (daysAgo: number) =>
  new Date(Date.now() - daysAgo * DAY_MS).toISOString().slice(0, 10).replaceAll("-", "");

/** One line of a material document of its own. */
function move(type: string, sign: "S" | "H", quantity: string, more: Record<string, string> = {}) {
  return insert("MATDOC", {
    ...{ RECORD_TYPE: "MDOC", MBLNR: String(4_900_000_000 + sequence), MJAHR: "2026", ZEILE: "0001" },
    ...{ BWART: type, SHKZG: sign, MATBF: MATERIAL, WERKS: "1010", LGORT_SID: "0001", LBBSA_SID: "01" },
    ...{ MENGE: quantity, MEINS: "EA", BUDAT: sapDay(0), CPUTM: "000100", ...more },
  });
}

async function sendMasterData(): Promise<void> {
  const sites = [
    { siteId: "1010", name: "Joliet", latitude: 41.5, longitude: -88.1 },
    { siteId: "1030", name: "Allentown", latitude: 40.6, longitude: -75.5 },
  ];
  for (const site of sites)
    await send("master.sites", { schema: "site.v1", kind: "plant", timeZone: "America/Chicago", ...site });
  await insert("MARA", { MATNR: MATERIAL, MEINS: "EA" });
  await insert("MAKT", { MATNR: MATERIAL, SPRAS: "E", MAKTX: "Pump, cast iron" });
  await insert("MARC", { MATNR: MATERIAL, WERKS: "1010", EISBE: "100.000" });
  await insert("MARC", { MATNR: MATERIAL, WERKS: "1030", EISBE: "20.000" });
  await move("561", "S", "1000.000", { BUDAT: sapDay(6) });
  for (const daysAgo of [5, 4, 3, 2]) await move("601", "H", "50.000", { BUDAT: sapDay(daysAgo) });
  await expect.poll(async () => (await position())?.onHand).toBe("800");
}

async function position() {
  const answer = await api.get(`/api/v1/inventory/${encodeURIComponent(ID)}`);
  return answer.ok() ? (await answer.json()).position : null;
}
const rowOf = (page: Page, site: string) =>
  page.getByRole("grid").getByRole("row").filter({ hasText: "Pump, cast iron" }).filter({ hasText: site });
const notReloaded = (page: Page) => page.evaluate(() => (window as { notReloaded?: boolean }).notReloaded);

test("one material moves through 101, 311, 261 and 601, and page and API follow without a reload", async ({ page }) => {
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/inventory`);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  await expect(rowOf(page, "1010 Joliet")).toContainText("800 EA", OPEN);
  await rowOf(page, "1010 Joliet").click();
  await expect(page).toHaveURL(new RegExp(`position=${ID}`));
  const detail = page.getByRole("region", { name: "104711 at 1010 Joliet" });
  const movements = detail.getByRole("table").filter({ hasText: "Balance" }).getByRole("row");
  await expect(movements).toHaveCount(6);

  await move("101", "S", "60.000", { EBELN: "4500000001" });
  await expect.poll(async () => (await position()).onHand).toBe("860");
  await expect(rowOf(page, "1010 Joliet")).toContainText("860 EA");
  await expect(movements.nth(1)).toContainText(/Goods receipt for 4500000001.*\+60.*860/);

  await move("311", "H", "25.000");
  await move("311", "S", "25.000", { LGORT_SID: "0002" });
  await expect(detail.getByRole("row", { name: /^0002/ })).toContainText("25");
  await expect(detail.getByRole("row", { name: /^0001/ })).toContainText("835");
  await expect(rowOf(page, "1010 Joliet")).toContainText("860 EA");

  await move("261", "H", "10.000");
  await expect.poll(async () => (await position()).onHand).toBe("850");
  await expect(movements.nth(1)).toContainText(/Issued to production.*−10.*850/);

  await move("601", "H", "770.000", { VBELN_IM: "0080000001" });
  await expect.poll(async () => (await position()).health).toBe("below_safety");
  await expect(rowOf(page, "1010 Joliet")).toContainText(/80 EA.*Below safety/);
  await expect(movements.nth(1)).toContainText(/Goods issue to delivery 80000001.*−770.*80/);
  await expect(detail.getByText("Below safety stock", { exact: true })).toBeVisible();
  const stock = await (await api.get(`/api/v1/stock?material=${MATERIAL}&site=1010`)).json();
  expect(stock.items).toMatchObject([
    { storageLocation: "0001", unrestricted: "55.000", health: "below_safety", basis: "movements" },
    { storageLocation: "0002", unrestricted: "25.000" },
  ]);
  expect(await notReloaded(page)).toBe(true);
});

test("the table is worked by keyboard, and what is chosen stands in the address", async ({ page }) => {
  await signIn(page, ADMIN, product.web);
  await expect(page.getByText("No vehicle has reported yet")).toBeVisible(OPEN);
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await expect(page).toHaveURL(/\/inventory/, OPEN);
  await expect(rowOf(page, "1030 Allentown")).toBeVisible(OPEN);
  const site = page.getByRole("columnheader", { name: "Site" });
  await site.getByRole("button").press("Enter");
  await expect(site).toHaveAttribute("aria-sort", "ascending");
  await expect(page.getByRole("grid").getByRole("row").nth(2)).toContainText("1030 Allentown");
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/position=100:000000000000104711@1030/);
  await expect(page.getByText("Nobody has counted it", { exact: true })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/position=/);
  await page.getByRole("button", { name: /No count/ }).click();
  await expect(page).toHaveURL(/health=unknown/);
  await expect(rowOf(page, "1010 Joliet")).toHaveCount(0);
  const material = page.getByRole("columnheader", { name: "Material" });
  await material.getByRole("button").click();
  await expect(material).toHaveAttribute("aria-sort", "ascending");
  await page.reload();
  await expect(rowOf(page, "1030 Allentown")).toBeVisible(OPEN);
  await page.getByRole("searchbox", { name: "Search stock" }).fill("nothing like it");
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(rowOf(page, "1010 Joliet")).toBeVisible();
});

test("the page has no accessibility problem that axe can find, with and without a position open", async ({ page }) => {
  test.slow();
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/inventory`);
  await expect(rowOf(page, "1010")).toBeVisible(OPEN);
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
  await rowOf(page, "1010").click();
  await expect(page.getByRole("img", { name: /^Chart: / })).toBeVisible(OPEN);
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
  await page.getByRole("button", { name: "Show as a table" }).click();
  await expect(page.getByRole("table", { name: "Projected stock by day" })).toBeVisible(OPEN);
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
});
