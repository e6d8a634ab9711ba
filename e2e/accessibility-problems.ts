import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

const HEIGHTS = { 390: 844, 1440: 900 } as const;
type Width = keyof typeof HEIGHTS;

/**
 * What axe finds on the page as it stands, in dark and in light colours and at each of these widths, each finding with
 * where it was. The page stays open the whole time, and ends at the first width in dark colours.
 */
export async function accessibilityProblems(page: Page, widths: readonly Width[] = [1440]): Promise<string[]> {
  const problems: string[] = [];
  // Colours on their way from one scheme to the other are in neither.
  await page.emulateMedia({ reducedMotion: "reduce" });
  for (const width of widths) {
    await page.setViewportSize({ width, height: HEIGHTS[width] });
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
      await transitionsEnded(page);
      // No page of ours has frames: what goes through all of them would open a second page for each look.
      const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
      for (const { id, nodes } of violations)
        problems.push(`${colorScheme} ${width}: ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
    }
  }
  if (widths.length > 1) await page.setViewportSize({ width: widths[0]!, height: HEIGHTS[widths[0]!] });
  return problems;
}

function transitionsEnded(page: Page): Promise<void> {
  return page.evaluate(async () => {
    await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
    const passing = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(passing.map(({ finished }) => finished));
  });
}
