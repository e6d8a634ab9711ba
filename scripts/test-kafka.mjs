import { APACHE_KAFKA_VERSION, startApacheKafka } from "./lib/apache-kafka.mjs";
import { filtersWithoutKcat } from "./lib/kcat.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main } from "./lib/run.mjs";
import { runVitest } from "./lib/stages.mjs";

/** What proves the embedded broker itself has nothing to say about another one; `conformance/` beside it has. */
const OF_THE_EMBEDDED_BROKER = "server/embedded/broker/*.it.test.ts";

await main(async () => {
  const given = process.env.KAFKA_BROKERS;
  await prepare(["client", "assets"]);
  const kafka = given ? null : await startApacheKafka();
  try {
    const brokers = given ?? kafka.address;
    console.log(kafka ? `Apache Kafka ${APACHE_KAFKA_VERSION} at ${brokers}` : `The brokers at ${brokers}`);
    const filters = [...process.argv.slice(2), `--exclude=${OF_THE_EMBEDDED_BROKER}`, ...(await filtersWithoutKcat())];
    const environment = { TEST_KAFKA_BROKERS: brokers, TEST_OWN_BROKERS: kafka ? "apache" : "embedded" };
    const { passed, failed } = await runVitest(["it"], { environment, filters });
    console.log(`\n${passed} passed, ${failed} failed`);
    return failed > 0 ? 1 : 0;
  } finally {
    await kafka?.stop();
  }
});
