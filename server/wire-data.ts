import { CONTRACTS, contractOf } from "./connectors/contracts/index.ts";
import { factsOf, mappingProblem } from "./connectors/source-facts.ts";
import { tryRecord } from "./connectors/try-record.ts";
import type { LaneStatus } from "./contracts/lane.ts";
import type { Clock } from "./platform/clock.ts";
import type { Managed } from "./platform/lifecycle.ts";
import type { Ports } from "./services/context.ts";
import { createSourceSamples } from "./services/source/samples.ts";
import type { Database } from "./store/client.ts";
import { createDeadLetterReader } from "./store/dead-letter-list.ts";
import { createRejectedByTopic } from "./store/rejected-by-topic.ts";
import { createSnapshotReader } from "./store/snapshot-reader.ts";
import { createSourceMappingReader } from "./store/source-mapping.ts";

type Deps = { database: Database; lanes(): LaneStatus[]; now: Clock };
type DataPorts = Pick<Ports, "snapshots" | "deadLetters" | "sources" | "contracts" | "tryRecord">;

/** What the tower knows of its own data: sources, contracts, rejected records and images. `part` looks at the lanes. */
export function wireData({ database, lanes, now }: Deps): { ports: DataPorts; part: Managed } {
  const samples = createSourceSamples({ lanes, now });
  const ports: DataPorts = {
    snapshots: createSnapshotReader(database),
    deadLetters: createDeadLetterReader(database),
    sources: {
      mapping: createSourceMappingReader(database),
      samples,
      rejectedDay: createRejectedByTopic(database, now),
      factsOf,
      problemOf: mappingProblem,
    },
    contracts: { all: CONTRACTS, of: contractOf },
    tryRecord,
  };
  return { ports, part: samples };
}
