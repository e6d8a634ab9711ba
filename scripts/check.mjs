import { runChecks } from "./lib/checks.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";

await main(async () => {
  await prepare(["client"]);
  const { failed } = await runChecks();
  return failed > 0 ? 1 : 0;
});
