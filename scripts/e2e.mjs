import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";
import { runPlaywright } from "./lib/stages.mjs";

await main(async () => {
  await prepare(["client", "assets", "bundle", "pages"]);
  const { passed, failed } = await runPlaywright(process.argv.slice(2));
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});
