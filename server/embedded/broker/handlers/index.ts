import type { BoundApi } from "../connection/bound-api.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { createCommittedOffsetHandlers } from "./committed-offsets.ts";
import { createConfigHandlers } from "./configs.ts";
import { createFetchHandlers } from "./fetch.ts";
import { createGroupAdminHandlers } from "./group-admin.ts";
import { createGroupMemberHandlers } from "./group-members.ts";
import { createListOffsetsHandlers } from "./list-offsets.ts";
import { createMetadataHandlers } from "./metadata.ts";
import { createPartitionHandlers } from "./partitions.ts";
import { createProduceHandlers } from "./produce.ts";
import { createTopicHandlers } from "./topics.ts";
import { createTransactionHandlers } from "./transactions.ts";

/** Every request this broker answers; `ApiVersions` is answered from this list. */
export function createHandlers(parts: BrokerParts): BoundApi[] {
  return [
    ...createMetadataHandlers(parts),
    ...createProduceHandlers(parts),
    ...createFetchHandlers(parts),
    ...createListOffsetsHandlers(parts),
    ...createGroupMemberHandlers(parts),
    ...createCommittedOffsetHandlers(parts),
    ...createGroupAdminHandlers(parts),
    ...createTopicHandlers(parts),
    ...createPartitionHandlers(parts),
    ...createConfigHandlers(parts),
    ...createTransactionHandlers(parts),
  ];
}
