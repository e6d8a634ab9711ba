import type { Page } from "@playwright/test";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { signIn } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { type Product, startProduct } from "./product.ts";

const ADMIN = { email: "admin@example.com", password: "correct horse battery staple" };
const CRM_ID = "8015g00000Xk2aAAB";
const ORDER = "0000012345";
const WIDTHS = [1440, 390] as const;
/** A page with a map takes its time to begin where the browser draws by software. */
const OPEN = { timeout: 60_000 };
const DELIVERY = "0080012345";

// They follow one order: what comes after a step that failed would only fail for its sake.
test.describe.configure({ mode: "serial" });

let product: Product;
let producer: Producer;
let sent = 0;

/** A separate program that knows nothing of the tower but the address of the broker and the published formats. */
test.beforeAll(async () => {
  product = await startProduct({
    WHEELHOUSE_SIMULATOR: "off",
    WHEELHOUSE_ADMIN_EMAIL: ADMIN.email,
    WHEELHOUSE_ADMIN_PASSWORD: ADMIN.password,
  });
  const kafka = new Kafka({ clientId: "own-orders", brokers: [product.broker], logLevel: logLevel.ERROR });
  producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
  await producer.connect();
});
test.afterAll(async () => {
  await producer?.disconnect();
  await product?.stop();
});

const send = (topic: string, key: string, value: object) =>
  producer.send({ topic, messages: [{ key, value: JSON.stringify(value) }] });

/** As Qlik Replicate sends a row; the change sequence goes on with every record of this program. */
function sap(table: string, operation: "INSERT" | "UPDATE", row: Record<string, string>) {
  const now = new Date().toISOString();
  sent += 1;
  const changeSequence = now.replace(/[-:T.]/g, "").slice(0, 16) + String(sent).padStart(19, "0");
  const headers = { operation, changeSequence, timestamp: now.slice(0, 23) };
  const message = { data: { MANDT: "100", ...row }, beforeData: null, headers };
  return send(`sap.${table}`, row.VBELN ?? "", { magic: "atMSG", type: "DT", message });
}

/** As Salesforce sends a change event. */
function salesforce(entity: string, changeType: string, id: string, fields: object) {
  sent += 1;
  const header = {
    entityName: entity,
    recordIds: [id],
    changeType,
    sequenceNumber: 1,
    commitTimestamp: Date.now(),
    commitNumber: 10_706_384_729_102 + sent,
  };
  const payload = { ChangeEventHeader: header, ...fields };
  return send(`salesforce.${entity}ChangeEvent`, id, { payload, event: { replayId: sent } });
}

/** A day from now on, as Salesforce writes it; without the hyphens as SAP does. */
const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const sapDay = (days: number) => dayIn(days).replaceAll("-", "");
const today = () => sapDay(0);
const WISHED = dayIn(9);
const REQUESTED = dayIn(10);
const delivery = (fields: Record<string, string>) => ({ VBELN: DELIVERY, ...fields });

const wasReloaded = (page: Page) => page.evaluate(() => (window as { notReloaded?: boolean }).notReloaded !== true);

test("one order goes from a draft to the proof of its delivery, and the page follows each step without a reload", async ({
  page,
}) => {
  await signIn(page, ADMIN, product.web);
  // A page that has only just been shown does not hear keys yet.
  await expect(async () => {
    await page.keyboard.press("g");
    await page.keyboard.press("o");
    await expect(page).toHaveURL(/\/orders$/, { timeout: 3_000 });
  }).toPass();
  await expect(page.getByRole("heading", { name: "No open order yet" })).toBeVisible();
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));

  await salesforce("Account", "CREATE", "0015g00000Acme1AAB", { Name: "Acme Stores", AccountNumber: "1000" });
  await salesforce("Order", "CREATE", CRM_ID, {
    ...{ Status: "Draft", OrderNumber: "00000812", PoNumber: "4500", AccountId: "0015g00000Acme1AAB" },
    ...{ TotalAmount: 1250, EndDate: WISHED, CreatedDate: new Date().toISOString() },
  });
  const row = page.getByRole("option").first();
  await expect(row).toContainText("Acme Stores");

  // From here on by keyboard alone.
  await page.getByRole("listbox").focus();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`order=salesforce:${CRM_ID}`));
  const detail = page.getByRole("region", { name: /^Order \S/ });
  await expect(detail.getByRole("button", { name: /^Ordered, Salesforce/ })).toBeVisible();
  await salesforce("Order", "UPDATE", CRM_ID, { Status: "Activated" });
  await expect(detail.getByRole("button", { name: /^Changed, Salesforce, Activated/ })).toBeVisible();

  const line = { VBELN: ORDER, POSNR: "000010" };
  await sap("VBEP", "INSERT", { ...line, ETENR: "0001", EDATU: sapDay(9), WMENG: "480.000", BMENG: "0.000" });
  await sap("VBAP", "INSERT", {
    ...line,
    ...{ MATNR: "000000000000104711", ARKTX: "Oat bars", KWMENG: "480.000", VRKME: "EA", WERKS: "1010" },
  });
  await sap("VBAK", "INSERT", {
    ...{ VBELN: ORDER, BSTNK: "4500", KUNNR: "0000001000", NETWR: "1250.00", WAERK: "USD" },
    ...{ VDATU: REQUESTED.replaceAll("-", ""), ERDAT: today() },
  });
  // The ERP has it now: the page goes with it to its new number.
  await expect(page).toHaveURL(new RegExp(`order=sap:100:${ORDER}`));
  await expect(detail.getByRole("heading", { name: "Order 12345" })).toBeVisible();
  await expect(page.getByRole("option")).toHaveCount(1);

  await sap("VBEP", "UPDATE", { ...line, ETENR: "0001", BMENG: "480.000" });
  await expect(detail.getByRole("button", { name: /^Confirmed, SAP, 12345/ })).toBeVisible();

  await sap("LIPS", "INSERT", {
    ...delivery({ POSNR: "000010", MATNR: "000000000000104711", LFIMG: "480.000" }),
    ...{ VRKME: "EA", VGBEL: ORDER, VGPOS: "000010" },
  });
  await sap("LIKP", "INSERT", {
    ...delivery({ LFART: "LF", VSTEL: "1010", KUNNR: "0000001000", BOLNR: "BOL80012345", TRAID: "T1" }),
    ...{ WADAT: today(), WADAT_IST: "00000000", PODAT: "00000000", ERDAT: today(), KOSTK: "A" },
  });
  await expect(detail.getByRole("button", { name: /^Delivery made, SAP, 80012345/ })).toBeVisible();
  await expect(detail).toContainText("Picking");

  await sap("LIKP", "UPDATE", delivery({ KOSTK: "C" }));
  await expect(detail.getByRole("button", { name: /^Picked, SAP/ })).toBeVisible();
  await sap("LIKP", "UPDATE", delivery({ WADAT_IST: today() }));
  const issue = detail.getByRole("button", { name: /^Goods issue, SAP.*actual/ });
  await expect(issue).toBeVisible();
  await expect(detail).toContainText("In transit");

  // A milestone opens the record it was read from; Escape closes the record and leaves the order open.
  await issue.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByText("sap.LIKP")).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByText("sap.LIKP")).toHaveCount(0);
  await expect(detail).toBeVisible();

  await sap("LIKP", "UPDATE", delivery({ PODAT: today() }));
  await expect(detail.getByRole("button", { name: /^Delivered, SAP.*actual/ })).toBeVisible();
  await expect(detail).toContainText("Delivered");
  expect(await wasReloaded(page)).toBe(false);
});

test("both values of what systems disagree on stand with their records, and the link shows a colleague the same", async ({
  page,
}) => {
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/orders?order=sap:100:${ORDER}`);
  const detail = page.getByRole("region", { name: "Order 12345" });
  await expect(page.getByRole("button", { name: /^Goods issue, SAP/ })).toBeVisible(OPEN);
  await detail.getByRole("tab", { name: /^Timeline/ }).focus();
  await page.keyboard.press("End");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/tab=disagreements/);
  const said = detail.getByRole("list", { name: "What the systems say differently" });
  for (const part of ["Promised date", WISHED, "salesforce.OrderChangeEvent", REQUESTED, "sap.VBAK"])
    await expect(said).toContainText(part);
  await page.reload();
  await expect(said).toContainText(REQUESTED);
  await page.keyboard.press("Escape");
  await expect(detail).toHaveCount(0);
  await expect(page).toHaveURL(/\/orders$/);
});

test("orders with one open have no accessibility problem that axe can find, whichever tab is shown", async ({
  page,
}) => {
  test.slow();
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/orders?order=sap:100:${ORDER}`);
  await expect(page.getByRole("button", { name: /^Goods issue, SAP/ })).toBeVisible(OPEN);
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
  for (const tab of ["Steps as a list", "Lines", "Deliveries", "Systems disagree"]) {
    await page.getByRole("tab", { name: new RegExp(`^${tab}`) }).click();
    expect(await accessibilityProblems(page, WIDTHS), tab).toEqual([]);
  }
});

test("an admin goes from an order to the row it was read from, with its history", async ({ page }) => {
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/orders?order=sap:100:${ORDER}&tab=deliveries`);
  await page.getByRole("link", { name: `VBAK 100|${ORDER}` }).click(OPEN);
  await expect(page).toHaveURL(/admin\/data\?tab=snapshots/, OPEN);
  await expect(page.getByText(ORDER).first()).toBeVisible(OPEN);
});

test("on a phone the list and the map take turns, and an order lies over them as a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/orders`);
  await page.getByText("Map", { exact: true }).click();
  await expect(page.getByRole("listbox")).toBeHidden();
  await expect(page).toHaveURL(/pane=map/);
  await page.getByText("List", { exact: true }).click();
  await page.getByRole("option").first().click();
  await expect(page.getByRole("heading", { name: "Order 12345" })).toBeVisible();
  await page.getByRole("button", { name: "Close the order" }).click();
  await expect(page.getByRole("listbox")).toBeVisible();
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(390);
});
