import { type BoundApi, bindApi } from "../connection/bound-api.ts";
import {
  alterConfigsApi,
  BROKER_RESOURCE,
  DEFAULT_CONFIG_SOURCE,
  describeConfigsApi,
  TOPIC_CONFIG_SOURCE,
  TOPIC_RESOURCE,
} from "../protocol/configs.ts";
import { ErrorCode } from "../protocol/error-codes.ts";
import { describeConfig, refuseOverrides, type TopicOverrides, toOverrides } from "../topics/topic-config.ts";
import type { BrokerParts } from "./broker-parts.ts";
import { guardStorage } from "./guard-storage.ts";

const toEntries = (overrides: TopicOverrides, wanted: readonly string[] | null) =>
  describeConfig(overrides)
    .filter(({ name }) => wanted === null || wanted.includes(name))
    .map((entry) => ({ ...entry, configSource: entry.isDefault ? DEFAULT_CONFIG_SOURCE : TOPIC_CONFIG_SOURCE }));

export function createConfigHandlers({ topics, logger }: BrokerParts): BoundApi[] {
  const configure = (
    { resourceType, resourceName, configs }: { resourceType: number; resourceName: string; configs: Config[] },
    validateOnly: boolean,
  ) => {
    if (resourceType !== TOPIC_RESOURCE) return outcome(ErrorCode.INVALID_REQUEST, "only topics can be configured");
    const topic = topics.get(resourceName);
    if (!topic) return outcome(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null);
    const refusal = refuseOverrides(configs);
    if (refusal !== null) return outcome(ErrorCode.INVALID_CONFIG, refusal);
    const errorCode = guardStorage(logger, () => {
      if (!validateOnly) topics.configure(topic, toOverrides(configs));
      return ErrorCode.NONE;
    });
    return outcome(errorCode, null);
  };

  return [
    bindApi(describeConfigsApi, ({ resources }) => ({
      results: resources.map(({ resourceType, resourceName, configurationKeys }) => {
        const resource = { resourceType, resourceName };
        const topic = resourceType === TOPIC_RESOURCE ? topics.get(resourceName) : undefined;
        if (!topic && resourceType !== BROKER_RESOURCE) {
          return { ...resource, ...outcome(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, null), configs: [] };
        }
        // Of the broker itself there are only the defaults it gives to topics.
        const configs = toEntries(topic?.overrides ?? {}, configurationKeys);
        return { ...resource, ...outcome(ErrorCode.NONE, null), configs };
      }),
    })),

    bindApi(alterConfigsApi, ({ resources, validateOnly }) => ({
      responses: resources.map((resource) => ({
        resourceType: resource.resourceType,
        resourceName: resource.resourceName,
        ...configure(resource, validateOnly),
      })),
    })),
  ];
}

type Config = { name: string; value: string | null };

function outcome(errorCode: ErrorCode, errorMessage: string | null) {
  return { errorCode, errorMessage };
}
