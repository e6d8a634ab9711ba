import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { mapShowsVehicles, signInAsDemo } from "./actions.ts";
import { expect, test } from "./fixtures.ts";

async function problemsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

for (const colorScheme of ["dark", "light"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("the sign-in page has no accessibility problem that axe can find", async ({ page }) => {
      await page.goto("/sign-in");
      await expect(page.getByRole("button", { name: "Planner", exact: true })).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
    });

    test("the fleet page with a vehicle open has no accessibility problem that axe can find", async ({ page }) => {
      await signInAsDemo(page, "Planner");
      await mapShowsVehicles(page);
      await page.getByRole("listbox").getByRole("option").first().click();
      await expect(page.getByRole("heading", { level: 2 }).first()).toBeVisible();
      expect(await problemsOf(page)).toEqual([]);
    });
  });
}
