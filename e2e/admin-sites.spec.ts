import type { APIRequestContext, Page } from "@playwright/test";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { signIn, signInAsDemo } from "./actions.ts";
import { expect, test } from "./fixtures.ts";

const admin = () => ({ email: process.env.E2E_ADMIN_EMAIL!, password: process.env.E2E_ADMIN_PASSWORD! });
/** Drawing by software takes long on a busy machine. */
const MAP_MS_MAX = 60_000;

type Handle = { ready: boolean; project(x: number, y: number): { x: number; y: number } };

const mapIsReady = (page: Page) => page.evaluate(() => (window as unknown as { __map?: Handle }).__map?.ready ?? false);

const onScreen = (page: Page, longitude: number, latitude: number) =>
  page.evaluate(([x, y]) => (window as unknown as { __map: Handle }).__map.project(x!, y!), [longitude, latitude]);

/** Where a place is on the page once the map has come to rest. */
async function settled(page: Page, longitude: number, latitude: number): Promise<{ x: number; y: number }> {
  await page.evaluate(() => (window as unknown as { __map: { settle(): Promise<void> } }).__map.settle());
  return onScreen(page, longitude, latitude);
}

async function openSites(page: Page, search = ""): Promise<void> {
  await signIn(page, admin());
  await page.goto(`/admin/sites${search}`);
  await expect(page.getByRole("region", { name: "Sites" }).first()).toBeVisible();
  await expect.poll(() => mapIsReady(page), { timeout: MAP_MS_MAX }).toBe(true);
}

const trailOf = async (api: APIRequestContext, subject: string): Promise<string[]> => {
  const { items } = await (await api.get(`/api/v1/audit?subject=${encodeURIComponent(subject)}`)).json();
  return (items as { action: string; subject: string }[])
    .filter((line) => line.subject === subject)
    .map(({ action }) => action);
};

test("an admin moves a site by typing and by dragging its pin, and gives it back to its source", async ({
  page,
  api,
}) => {
  await openSites(page);
  await page.getByRole("button", { name: "1010", exact: true }).click();
  const detail = page.getByRole("region", { name: "Site 1010" });
  await expect(page).toHaveURL(/site=1010/);
  const before = await (await api.get("/api/v1/sites/1010")).json();
  await detail.getByLabel("Latitude").fill("41.5");
  await detail.getByLabel("Longitude").fill("−88.1");
  await detail.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Joliet is saved.")).toBeVisible();
  expect(await (await api.get("/api/v1/sites/1010")).json()).toMatchObject({
    latitude: 41.5,
    longitude: -88.1,
    edited: ["place"],
    version: before.version + 1,
  });

  const pin = page.locator(".site-pin");
  await expect(pin).toBeVisible();
  const at = await settled(page, -88.1, 41.5);
  await page.mouse.move(at.x, at.y - 10);
  await page.mouse.down();
  await page.mouse.move(at.x + 40, at.y - 50, { steps: 5 });
  await page.mouse.up();
  await expect(detail.getByLabel("Latitude")).not.toHaveValue("41.5");
  await detail.getByRole("button", { name: "Save" }).click();
  await expect.poll(async () => (await (await api.get("/api/v1/sites/1010")).json()).version).toBe(before.version + 2);

  await detail.getByRole("button", { name: "Back to the source: place" }).click();
  await expect(page.getByText("The place follows the source again.")).toBeVisible();
  expect((await (await api.get("/api/v1/sites/1010")).json()).latitude).toBe(before.latitude);
  await expect(detail.getByText("Edited", { exact: true }).first()).toBeVisible();
  expect((await trailOf(api, "site:1010")).slice(0, 3)).toEqual(["site.edit", "site.edit", "site.edit"]);
});

test("an admin draws a polygon with the pointer as a fence of one's own, removes it and takes that back", async ({
  page,
  api,
}) => {
  await openSites(page, "?map=-90.0000,40.0000,8.00");
  await page.getByRole("button", { name: "New fence" }).click();
  const editor = page.getByRole("region", { name: "A fence of one's own" });
  await editor.getByLabel("Name").fill("Yard of the north");
  await editor.getByText("Polygon", { exact: true }).click();
  await expect(editor.getByRole("listitem")).toHaveCount(6);
  await editor.getByRole("button", { name: "Draw anew on the map" }).click();
  await expect(editor.getByText("0 points")).toBeVisible();
  const corners = [
    [-90.3, 40.2],
    [-89.8, 40.2],
    [-89.9, 39.8],
    [-90.3, 39.8],
  ] as const;
  for (const [longitude, latitude] of [...corners, corners[0]]) {
    const { x, y } = await settled(page, longitude, latitude);
    await page.mouse.move(x, y);
    await page.mouse.click(x, y);
  }
  await expect(editor.getByText("4 points")).toBeVisible();
  await editor.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("The fence Yard of the north is saved.")).toBeVisible();
  const fences = async () =>
    (await (await api.get("/api/v1/fences")).json()).items.filter(
      (f: { name: string }) => f.name === "Yard of the north",
    );
  const [made] = await fences();
  expect(made.siteId).toBeNull();
  expect(made.shape.points).toHaveLength(4);
  // Which way round it is kept is no matter.
  const near = (a: number, b: number) => Math.abs(a - b) < 0.02;
  for (const [longitude, latitude] of corners)
    expect(
      made.shape.points.some(
        (point: { longitude: number; latitude: number }) =>
          near(point.longitude, longitude) && near(point.latitude, latitude),
      ),
      `${longitude}, ${latitude}`,
    ).toBe(true);

  await page
    .getByRole("region", { name: "Fence Yard of the north" })
    .getByRole("button", { name: "Remove", exact: true })
    .click();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(page.getByText("The fence Yard of the north is back.")).toBeVisible();
  const [again] = await fences();
  expect(again.shape).toEqual(made.shape);
  expect(await trailOf(api, `fence:${made.id}`)).toEqual(["fence.remove", "fence.create"]);
});

test("an admin draws a site's fence with the keyboard alone, and is told where its sides cross", async ({
  page,
  api,
}) => {
  await openSites(page, "?site=1020");
  const detail = page.getByRole("region", { name: "Site 1020" });
  await detail.getByRole("button", { name: "Draw a fence" }).press("Enter");
  const editor = page.getByRole("region", { name: /^Fence of/ });
  await editor.getByRole("radio", { name: "Circle" }).focus();
  await page.keyboard.press("ArrowRight");
  const latitude = (n: number) => editor.getByLabel(`Latitude of point ${n}`, { exact: true });
  const second = await latitude(2).inputValue();
  await latitude(2).fill(await latitude(5).inputValue());
  await latitude(5).fill(second);
  await editor.getByRole("button", { name: "Save" }).press("Enter");
  await expect(editor.getByText(/crosses the side of point/)).toBeVisible();
  await latitude(5).fill(await latitude(2).inputValue());
  await latitude(2).fill(second);
  await editor.getByRole("button", { name: "Remove point 6" }).press("Enter");
  await editor.getByRole("button", { name: "Save" }).press("Enter");
  await expect(detail.getByText("Polygon, 5 points, drawn here in place of the circle.")).toBeVisible();
  expect((await (await api.get("/api/v1/sites/1020")).json()).edited).toContain("fence");
});

test("an admin imports a file with two bad lines: told line by line first, then the good ones only, all in the trail", async ({
  page,
  api,
}) => {
  await openSites(page);
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog", { name: "Import sites" });
  const file = `site_id,kind,name,latitude,longitude,time_zone,radius_m
E2E1,yard,Elwood yard,41.41,-88.12,America/Chicago,300
E2E2,shop,Corner,41,-88,,
E2E3,yard,Nowhere,91,-88,,
1030,,Dallas south,,,,
`;
  const chooser = page.waitForEvent("filechooser");
  await dialog.getByRole("button", { name: /File|Choose a CSV file/ }).click();
  await (await chooser).setFiles({ name: "sites.csv", mimeType: "text/csv", buffer: Buffer.from(file) });
  await dialog.getByRole("button", { name: "See what it does" }).click();
  await expect(dialog.getByText("Refused 2")).toBeVisible();
  await expect(dialog.getByText(/kind: expected one of/)).toBeVisible();
  await expect(dialog.getByText(/latitude: /)).toBeVisible();
  expect((await api.get("/api/v1/sites/E2E1")).status(), "nothing is done yet").toBe(404);
  await dialog.getByRole("button", { name: "Import 2 lines" }).click();
  await expect(dialog.getByText("Done. This is what was changed, line by line.")).toBeVisible();
  await dialog.getByRole("button", { name: "Close" }).last().click();
  expect(await (await api.get("/api/v1/sites/E2E1")).json()).toMatchObject({ name: "Elwood yard", radiusM: 300 });
  expect((await (await api.get("/api/v1/sites/1030")).json()).name).toBe("Dallas south");
  expect((await api.get("/api/v1/sites/E2E2")).status()).toBe(404);
  expect(await trailOf(api, "site:E2E1")).toEqual(["site.create"]);
  expect((await trailOf(api, "site:1030"))[0]).toBe("site.edit");
  await page.getByLabel("Search sites and fences").fill("elwood");
  await page.getByRole("button", { name: "E2E1", exact: true }).click();
  await expect(page.getByRole("region", { name: "Site E2E1" }).getByText("by import")).toBeVisible();
});

test("a planner is refused the page of sites, and told which role may", async ({ page }) => {
  await signInAsDemo(page, "Planner");
  await page.goto("/admin/sites");
  await expect(page.getByText(/Only Admin may see it/)).toBeVisible();
  await expect(page.getByRole("link", { name: "Sites" })).toHaveCount(0);
});

test("a planner writes down who drives and that a vehicle is out of service: the list says so, the phone can be called", async ({
  page,
  api,
}) => {
  await signInAsDemo(page, "Planner");
  const { items } = await (await api.get("/api/v1/vehicles?limit=1")).json();
  const { id } = items[0] as { id: string };
  await page.goto(`/fleet?vehicle=${id}&q=${id}`);
  const detail = page.getByRole("region", { name: `Detail of ${id}` });
  await detail.getByRole("button", { name: "Edit" }).click();
  await detail.getByLabel("Driver's name").fill("Dana Driver");
  await detail.getByLabel("Driver's phone").fill("+1 312 555 0142");
  await detail.getByLabel("Out of service").click();
  await detail.getByRole("button", { name: "Save" }).click();
  await expect(detail.getByText("Say why it is out of service.")).toBeVisible();
  await detail.getByLabel("Why").fill("Brakes");
  await detail.getByRole("button", { name: "Save" }).click();
  await expect(detail.getByRole("link", { name: /\+1 312 555 0142/ })).toHaveAttribute("href", "tel:+13125550142");
  await expect(detail.getByText("Out of service", { exact: false }).first()).toBeVisible();
  await expect(page.getByRole("option", { name: new RegExp(`${id}.*Out of service`) })).toBeVisible();
  expect(await trailOf(api, `vehicle:${id}`)).toEqual(["vehicle_profile.save"]);
});

test("the sites with one open, and a fence being drawn, have no accessibility problem that axe can find", async ({
  page,
}) => {
  await openSites(page, "?site=1040");
  await expect(page.getByRole("region", { name: "Site 1040" })).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
  await page.getByRole("button", { name: "New fence" }).click();
  await page.getByText("Polygon", { exact: true }).click();
  await expect(page.getByText("6 points")).toBeVisible();
  expect(await accessibilityProblems(page)).toEqual([]);
});
