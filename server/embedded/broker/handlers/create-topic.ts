import { ErrorCode } from "../protocol/error-codes.ts";
import { refuseOverrides, toOverrides } from "../topics/topic-config.ts";
import type { Topic } from "../topics/topic-registry.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

/** Each partition costs open files and memory; beyond this a laptop would not come back. */
export const PARTITIONS_MAX = 4000;

export type TopicWish = {
  name: string;
  partitionCount: number;
  configs: readonly { name: string; value: string | null }[];
  isDryRun?: boolean;
};
export type TopicCreation = { errorCode: ErrorCode; errorMessage: string | null; topic: Topic | undefined };

/** The one way to make a topic, asked for by name or met for the first time in a metadata request. */
export function createTopic(parts: Pick<BrokerParts, "topics" | "logger">, wish: TopicWish): TopicCreation {
  const refusal = refuseTopic(parts, wish);
  if (refusal) return { ...refusal, topic: undefined };
  let topic: Topic | undefined;
  const errorCode = guardStorage(parts.logger, () => {
    if (!wish.isDryRun) topic = parts.topics.create(wish.name, wish.partitionCount, toOverrides(wish.configs));
    return ErrorCode.NONE;
  });
  return { errorCode, errorMessage: null, topic };
}

function refuseTopic(
  { topics }: Pick<BrokerParts, "topics">,
  { name, partitionCount, configs }: TopicWish,
): { errorCode: ErrorCode; errorMessage: string } | null {
  if (!/^[\w.-]{1,249}$/.test(name) || name === "." || name === "..") {
    return { errorCode: ErrorCode.INVALID_TOPIC, errorMessage: "a topic name has 1 to 249 of a-z A-Z 0-9 . _ -" };
  }
  if (topics.get(name)) {
    return { errorCode: ErrorCode.TOPIC_ALREADY_EXISTS, errorMessage: `topic ${name} exists already` };
  }
  if (partitionCount < 1) {
    return { errorCode: ErrorCode.INVALID_PARTITIONS, errorMessage: "a topic has at least one partition" };
  }
  if (topics.partitionCount + partitionCount > PARTITIONS_MAX) {
    const errorMessage = `this single-node development broker keeps at most ${PARTITIONS_MAX} partitions`;
    return { errorCode: ErrorCode.POLICY_VIOLATION, errorMessage };
  }
  const errorMessage = refuseOverrides(configs);
  return errorMessage === null ? null : { errorCode: ErrorCode.INVALID_CONFIG, errorMessage };
}
