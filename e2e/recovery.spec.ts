import { mapPosition, mapShowsVehicles, signInAsDemo } from "./actions.ts";
import { expect, test } from "./fixtures.ts";
import { listeningProcess } from "./listening-process.ts";
import { type Product, startProduct } from "./product.ts";

let product: Product;
test.beforeAll(async () => {
  product = await startProduct({ WHEELHOUSE_SIMULATOR: "on", WHEELHOUSE_SIMULATOR_VEHICLES: "100" });
});
test.afterAll(() => product.stop());

test("when the tower is killed the page says so, and fills the gap by itself once it is back", async ({ page }) => {
  test.setTimeout(180_000);
  await signInAsDemo(page, "Planner", product.web);
  await mapShowsVehicles(page);
  await page.evaluate(() => Object.assign(window, { notReloaded: true }));
  process.kill(listeningProcess(Number(new URL(product.web).port)), "SIGKILL");
  await expect(page.getByText("Not live").first()).toBeVisible();
  await expect(page.getByText("Live", { exact: true })).toBeVisible({ timeout: 60_000 });
  const rows = page.getByRole("listbox").getByRole("option");
  const id = (await rows.first().textContent())!.match(/TRK-\d+/)![0];
  // By its number: which one is first may be another by the time it is pressed.
  await rows.filter({ hasText: id }).click();
  await expect(page.getByRole("heading", { name: id })).toBeVisible();
  expect(await page.evaluate(() => (window as { notReloaded?: boolean }).notReloaded)).toBe(true);
  expect(await mapPosition(page, "no such vehicle")).toBeNull();
});
