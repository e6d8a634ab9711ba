import { expect, type Page } from "@playwright/test";

export async function signInAsDemo(page: Page, role: "Planner" | "Manager" | "Admin", web = ""): Promise<void> {
  await page.goto(`${web}/sign-in`);
  await page.getByRole("button", { name: role, exact: true }).click();
  await expect(page).toHaveURL(/\/fleet/);
}

export async function signIn(page: Page, who: { email: string; password: string }, web = ""): Promise<void> {
  await page.goto(`${web}/sign-in`);
  await page.getByLabel("E-mail").fill(who.email);
  await page.getByRole("textbox", { name: "Password" }).fill(who.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page).toHaveURL(/\/fleet/);
}

/** What the map offers a test to read; see `components/map`. */
type FleetHandle = {
  ready: boolean;
  vehicles: number;
  position(id: string): [number, number] | null;
  project(id: string): { x: number; y: number } | null;
};

/** Where the map holds a vehicle to be, longitude and latitude, or `null` while it knows nothing of it. */
export function mapPosition(page: Page, id: string): Promise<[number, number] | null> {
  return page.evaluate((vehicleId) => {
    const handle = (window as unknown as { __fleet?: FleetHandle }).__fleet;
    return handle?.ready ? handle.position(vehicleId) : null;
  }, id);
}

/** Drawing by software takes long on a busy machine. */
const MAP_MS_MAX = 60_000;

/** Where a vehicle is on the page, in pixels, or `null` while the map does not show it. */
export function screenPosition(page: Page, id: string): Promise<{ x: number; y: number } | null> {
  return page.evaluate((vehicleId) => {
    const handle = (window as unknown as { __fleet?: FleetHandle }).__fleet;
    return handle?.ready ? handle.project(vehicleId) : null;
  }, id);
}

/** The map has drawn something of the fleet. */
export async function mapShowsVehicles(page: Page): Promise<void> {
  const shown = () =>
    page.evaluate(() => {
      const handle = (window as unknown as { __fleet?: FleetHandle }).__fleet;
      return handle?.ready ? handle.vehicles : 0;
    });
  await expect.poll(shown, { timeout: MAP_MS_MAX }).toBeGreaterThan(0);
}
