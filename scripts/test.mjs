import { runChecks } from "./lib/checks.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { addCounts } from "./lib/counts.mjs";
import { filtersWithoutKcat } from "./lib/kcat.mjs";
import { prepare } from "./lib/prepare.mjs";
import { Failure, isStopped, main } from "./lib/run.mjs";
import { runPlaywright, runVitest } from "./lib/stages.mjs";

/** In the order of what they cost: the first to fail is the cheapest to look at. */
const STAGES = [
  { name: "Checks", work: runChecks },
  { name: "Unit and component tests", work: () => runVitest(["unit", "dom"]) },
  {
    name: "Tests against a real database and broker",
    work: async () => runVitest(["it"], { filters: await filtersWithoutKcat() }),
  },
  {
    name: "Browser tests",
    async work() {
      await ensureChromium();
      await prepare(["client", "assets", "bundle", "pages"]);
      return runPlaywright();
    },
  },
];

await main(async () => {
  await prepare(["client", "assets"]);
  const counts = [];
  for (const stage of STAGES) {
    if (isStopped()) break;
    console.log(`\n── ${stage.name}`);
    counts.push(await countOf(stage));
  }
  const { passed, failed } = addCounts(counts);
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
});

/** A stage that cannot run counts as one failure, and those after it still run. */
async function countOf({ work }) {
  try {
    return await work();
  } catch (error) {
    console.error(`✖ ${error instanceof Failure ? error.message : error.stack}`);
    return { passed: 0, failed: 1 };
  }
}
