import { prepare } from "./lib/prepare.mjs";
import { Failure, main } from "./lib/run.mjs";
import { runVitest } from "./lib/stages.mjs";

await main(async () => {
  const brokers = process.env.KAFKA_BROKERS;
  if (!brokers) throw new Failure("Set KAFKA_BROKERS to the brokers to test against: host:port, separated by commas.");
  await prepare(["client"]);
  const filters = process.argv.slice(2);
  const { passed, failed } = await runVitest(["it"], { environment: { TEST_KAFKA_BROKERS: brokers }, filters });
  console.log(`\n${passed} passed, ${failed} failed`);
  return failed > 0 ? 1 : 0;
});
