import type { BoundApi } from "../connection/bound-api.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { createConfigHandlers } from "./configs.ts";
import { createFetchHandlers } from "./fetch.ts";
import { createGroupHandlers } from "./groups.ts";
import { createMetadataHandlers } from "./metadata.ts";
import { createOffsetHandlers } from "./offsets.ts";
import { createProduceHandlers } from "./produce.ts";
import { createTopicHandlers } from "./topics.ts";
import { createTransactionHandlers } from "./transactions.ts";

/** Every request this broker answers; `ApiVersions` is answered from this list. */
export function createHandlers(parts: BrokerParts): BoundApi[] {
  return [
    ...createMetadataHandlers(parts),
    ...createProduceHandlers(parts),
    ...createFetchHandlers(parts),
    ...createOffsetHandlers(parts),
    ...createGroupHandlers(parts),
    ...createTopicHandlers(parts),
    ...createConfigHandlers(parts),
    ...createTransactionHandlers(parts),
  ];
}
