import type { Logger } from "../../../platform/logger.ts";
import type { GroupRegistry } from "../groups/group-registry.ts";
import type { ProducerIds } from "../producers/producer-ids.ts";
import type { TransactionCoordinator } from "../producers/transaction-coordinator.ts";
import type { TopicRegistry } from "../topics/topic-registry.ts";

/** The only node there is. */
export const NODE_ID = 0;

/** What the handlers work on. */
export type BrokerParts = {
  topics: TopicRegistry;
  groups: GroupRegistry;
  producerIds: ProducerIds;
  transactions: TransactionCoordinator;
  /** Where clients reach this broker; the port is known once it listens. */
  address(): { host: string; port: number };
  autoCreateTopics: boolean;
  defaultPartitionCount: number;
  logger: Logger;
};
