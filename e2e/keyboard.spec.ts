import { expect, test } from "./fixtures.ts";

test("somebody without a mouse signs in, opens a vehicle, pauses and leaves", async ({ page }) => {
  await page.goto("/sign-in");
  const planner = page.getByRole("button", { name: "Planner", exact: true });
  await expect(planner).toBeVisible();
  for (let presses = 0; presses < 20 && !(await planner.evaluate((node) => node === document.activeElement)); presses++)
    await page.keyboard.press("Tab");
  await expect(planner).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/fleet/);

  const options = page.getByRole("listbox").getByRole("option");
  await expect(options.first()).toBeVisible();
  await page.keyboard.press("j");
  await expect(page.getByRole("listbox")).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator('[role="option"][aria-selected="true"]')).toHaveCount(1);
  await expect(page).toHaveURL(/vehicle=/);
  await page.keyboard.press("Escape");
  await expect(page).not.toHaveURL(/vehicle=/);

  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Resume live updates" })).toBeVisible();
  await page.keyboard.press("p");
  await expect(page.getByRole("button", { name: "Pause live updates" })).toBeVisible();

  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await page.keyboard.press("/");
  await expect(page.getByLabel("Search vehicles")).toBeFocused();
});

test("the search narrows the list, and clearing it brings all back", async ({ plannerPage: page }) => {
  const options = page.getByRole("listbox").getByRole("option");
  const id = (await options.first().textContent())!.match(/TRK-\d+/)![0];
  await page.getByLabel("Search vehicles").fill(id);
  await expect(options).toHaveCount(1);
  await expect(options.first()).toContainText(id);
  await page.getByLabel("Search vehicles").fill("no such vehicle");
  await page.getByRole("button", { name: "Clear filters" }).first().click();
  await expect(options.nth(3)).toBeVisible();
});
