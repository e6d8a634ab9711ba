import { accessibilityProblems } from "./accessibility-problems.ts";
import { mapShowsVehicles, signInAsDemo } from "./actions.ts";
import { expect, test } from "./fixtures.ts";

const WIDTHS = [1440, 390] as const;

test("the door and the fleet with a vehicle open have no accessibility problem that axe can find", async ({ page }) => {
  test.slow();
  await page.goto("/sign-in");
  await expect(page.getByRole("button", { name: "Planner", exact: true })).toBeVisible();
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);

  await signInAsDemo(page, "Planner");
  await mapShowsVehicles(page);
  await page.getByRole("listbox").getByRole("option").first().click();
  await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
  expect(await accessibilityProblems(page, WIDTHS)).toEqual([]);
});
