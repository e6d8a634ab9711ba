import type { APIRequestContext, Page } from "@playwright/test";
import { Kafka, logLevel, Partitioners, type Producer } from "kafkajs";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { mapPosition, signIn } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { type Product, startProduct } from "./product.ts";

const KEY = "past-key-0123456789-0123456789-0123456";
const ADMIN = { email: "admin@example.com", password: "correct horse battery staple" };
const OPEN = { timeout: 60_000 };
const MINUTE_MS = 60_000;

let product: Product;
let producer: Producer;
let api: APIRequestContext;

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
});
test.afterAll(async () => {
  await producer?.disconnect();
  await api?.dispose();
  await product?.stop();
});

/** Where a truck is, so many minutes ago. */
const reading = (vehicleId: string, minutesAgo: number, longitude: number) => {
  const time = new Date(Date.now() - minutesAgo * MINUTE_MS).toISOString();
  const value = { schema: "reading.v1", vehicleId, time, latitude: 39.2, longitude, speedKmh: 80 };
  return producer.send({
    topic: "telematics.readings",
    messages: [{ key: vehicleId, value: JSON.stringify(value) }],
  });
};
const longitudeOf = async (page: Page, id: string) => Math.round(((await mapPosition(page, id))?.[0] ?? 0) * 100) / 100;
const slider = (page: Page) => page.getByRole("slider", { name: "Moment that is shown" });

test("a planner looks at an earlier moment: map, list and detail are as of then, and a link leads there", async ({
  page,
  context,
}) => {
  test.setTimeout(240_000);
  await reading("T1", 70, -87.5);
  await reading("T1", 2, -87.1);
  await reading("T2", 2, -87.3);
  await expect.poll(async () => (await (await api.get("/api/v1/vehicles")).json()).items?.length, OPEN).toBe(2);
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/fleet?vehicle=T1`);
  await expect.poll(() => longitudeOf(page, "T1"), OPEN).toBe(-87.1);

  await slider(page).focus();
  for (let step = 0; step < 4; step++) await page.keyboard.press("ArrowLeft");
  await expect(page.getByText(/^You are looking at/)).toBeVisible(OPEN);
  await expect(page).toHaveURL(/vehicle=T1.*at=20/);
  await expect.poll(() => longitudeOf(page, "T1"), OPEN).toBe(-87.5);
  await expect(page.getByRole("region", { name: "Clock" })).toContainText("Past");
  await expect(page.getByRole("option", { name: /T1/ })).toBeVisible(OPEN);
  await expect(page.getByRole("option", { name: /T2/ })).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Edit|^Write/ })).toHaveCount(0);

  await reading("T1", 0, -86.9);
  await expect
    .poll(async () => (await (await api.get("/api/v1/vehicles/T1")).json()).position?.longitude, OPEN)
    .toBe(-86.9);
  expect(await longitudeOf(page, "T1")).toBe(-87.5);
  expect(await accessibilityProblems(page)).toEqual([]);

  const other = await context.newPage();
  await other.goto(page.url());
  await expect.poll(() => longitudeOf(other, "T1"), OPEN).toBe(-87.5);
  await other.close();

  await page.getByRole("button", { name: "Back to now" }).click();
  await expect(page).not.toHaveURL(/at=/);
  await expect.poll(() => longitudeOf(page, "T1"), OPEN).toBe(-86.9);
  await expect(page.getByRole("option", { name: /T2/ })).toBeVisible(OPEN);
});

test("orders and inventory show the same bar, and say when they show the past", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, ADMIN, product.web);
  for (const path of ["orders", "inventory"]) {
    await page.goto(`${product.web}/${path}`);
    await slider(page).focus(OPEN);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("ArrowLeft");
    await expect(page.getByText(/^You are looking at/)).toBeVisible(OPEN);
    expect(await accessibilityProblems(page)).toEqual([]);
    await page.getByRole("button", { name: "Back to now" }).click();
    await expect(page.getByText(/^You are looking at/)).toHaveCount(0);
  }
});

test("an admin sees what is stored and sets how long it is kept", async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, ADMIN, product.web);
  await page.goto(`${product.web}/admin/data?tab=storage`);
  const days = page.getByRole("textbox", { name: "Days to keep: Readings" });
  await expect(days).toHaveValue("30 days", OPEN);
  await days.fill("1");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("From 2 to 3650 days")).toBeVisible();
  await days.fill("14");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Saved. What is older is removed within the hour.")).toBeVisible();
  await expect(days).toHaveValue("14 days");
  const { kinds } = await (await api.get("/api/v1/settings/storage")).json();
  expect(kinds.find(({ kind }: { kind: string }) => kind === "readings")).toMatchObject({ days: 14 });
  expect(await accessibilityProblems(page, [1440, 390])).toEqual([]);
});
