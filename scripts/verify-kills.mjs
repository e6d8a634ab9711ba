import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";
import { runVitest } from "./lib/stages.mjs";

const KILLS = 50;

/** The proof that a crash loses nothing and doubles nothing, with many more kills than a test run has time for. */
await main(async () => {
  await prepare(["client"]);
  const environment = { TEST_KILLS: process.argv[2] ?? String(KILLS) };
  const { passed, failed } = await runVitest(["it"], { environment, filters: ["server/failures/killed"] });
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 || passed === 0 ? 1 : 0;
});
