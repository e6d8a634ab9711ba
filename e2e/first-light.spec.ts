import { mapPosition, mapShowsVehicles, screenPosition, signInAsDemo } from "./actions.ts";
import { expect, test } from "./fixtures.ts";

test("a new planner signs in with one press and sees vehicles move, without a reload", async ({
  plannerPage: page,
  api,
}) => {
  const { items } = await (await api.get("/api/v1/vehicles?motion=moving&limit=20&sort=speed")).json();
  expect(items.length).toBeGreaterThan(0);
  const [vehicle] = items;
  const { latitude, longitude } = vehicle.position;
  await page.goto(`/fleet?vehicle=${vehicle.id}&map=${longitude},${latitude},9`);
  await expect(page.getByRole("heading", { name: vehicle.id })).toBeVisible();
  await mapShowsVehicles(page);
  await expect.poll(() => mapPosition(page, vehicle.id)).not.toBeNull();
  const before = await mapPosition(page, vehicle.id);
  await expect.poll(() => mapPosition(page, vehicle.id), { timeout: 30_000 }).not.toEqual(before);
});

test("list, map and detail share one selection, and the address carries it", async ({ plannerPage: page, context }) => {
  const list = page.getByRole("listbox");
  const first = list.getByRole("option").first();
  await expect(first).toBeVisible();
  await first.click();
  await expect(first).toHaveAttribute("aria-selected", "true");
  const heading = page.getByRole("region", { name: /./ }).getByRole("heading", { level: 2 }).first();
  await expect(heading).toBeVisible();
  const colleague = await context.newPage();
  await colleague.goto(page.url());
  await expect(colleague.getByRole("heading", { name: (await heading.textContent())! })).toBeVisible();
});

test("a vehicle that is chosen in the list comes into view, wherever the map looked before", async ({
  plannerPage: page,
}) => {
  const middleOfNowhere = "/fleet?map=-40,30,7";
  await page.goto(middleOfNowhere);
  const option = page.getByRole("listbox").getByRole("option").first();
  const id = (await option.textContent())!.match(/TRK-\d+/)![0];
  await option.click();
  await expect(page.getByRole("heading", { name: id })).toBeVisible();
  const map = page.getByRole("region", { name: "Fleet map" });
  await expect(map).toBeVisible();
  await expect
    .poll(async () => {
      const [at, box] = [await screenPosition(page, id), await map.boundingBox()];
      if (!at || !box) return false;
      return at.x > box.x && at.x < box.x + box.width && at.y > box.y && at.y < box.y + box.height;
    })
    .toBe(true);
  await page.getByRole("button", { name: "Show the whole fleet" }).click();
  await expect
    .poll(() => page.evaluate(() => new URL(window.location.href).searchParams.get("map")))
    .toMatch(/,[2-4]\./);
});

test("the base map says where it comes from, and nothing is fetched from outside", async ({ page, baseURL }) => {
  const outside: string[] = [];
  const refused: string[] = [];
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (/^(http|ws)/.test(protocol) && origin.replace(/^ws/, "http") !== baseURL) outside.push(request.url());
  });
  page.on("console", (message) => {
    if (/content security policy/i.test(message.text())) refused.push(message.text());
  });
  await signInAsDemo(page, "Planner");
  await expect(page.getByText(/GeoNames/).first()).toBeVisible();
  await mapShowsVehicles(page);
  expect(outside).toEqual([]);
  expect(refused).toEqual([]);
});
