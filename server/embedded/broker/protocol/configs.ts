import {
  array,
  boolean,
  constant,
  int8,
  int16,
  int32,
  nullableArray,
  nullableString,
  since,
  string,
  struct,
  until,
} from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const TOPIC_RESOURCE = 2;
export const BROKER_RESOURCE = 4;

/** Where a value comes from: set on the topic itself, or the default of this broker. */
export const TOPIC_CONFIG_SOURCE = 1;
export const DEFAULT_CONFIG_SOURCE = 5;

export const describeConfigsApi = defineApi({
  key: 32,
  name: "DescribeConfigs",
  versionMin: 0,
  versionMax: 4,
  flexibleFrom: 4,
  request: struct({
    resources: array(struct({ resourceType: int8, resourceName: string, configurationKeys: nullableArray(string) })),
    includeSynonyms: since(1, boolean, false),
    includeDocumentation: since(3, boolean, false),
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    results: array(
      struct({
        errorCode: int16,
        errorMessage: nullableString,
        resourceType: int8,
        resourceName: string,
        configs: array(
          struct({
            name: string,
            value: nullableString,
            readOnly: constant(boolean, false),
            isDefault: until(0, boolean, false),
            configSource: since(1, int8, -1),
            isSensitive: constant(boolean, false),
            synonyms: constant(array(struct({ name: string, value: nullableString, source: int8 })), [], 1),
            configType: constant(int8, 0, 3),
            documentation: constant(nullableString, null, 3),
          }),
        ),
      }),
    ),
  }),
});

export const alterConfigsApi = defineApi({
  key: 33,
  name: "AlterConfigs",
  versionMin: 0,
  versionMax: 2,
  flexibleFrom: 2,
  request: struct({
    resources: array(
      struct({
        resourceType: int8,
        resourceName: string,
        configs: array(struct({ name: string, value: nullableString })),
      }),
    ),
    validateOnly: boolean,
  }),
  response: struct({
    throttleTimeMs: constant(int32, 0),
    responses: array(
      struct({ errorCode: int16, errorMessage: nullableString, resourceType: int8, resourceName: string }),
    ),
  }),
});
