import { array, constant, int16, int32, since, string, struct } from "../wire/field-type.ts";
import { defineApi } from "./api.ts";

export const apiVersionsApi = defineApi({
  key: 18,
  name: "ApiVersions",
  versionMin: 0,
  versionMax: 3,
  flexibleFrom: 3,
  request: struct({
    clientSoftwareName: since(3, string, ""),
    clientSoftwareVersion: since(3, string, ""),
  }),
  response: struct({
    errorCode: int16,
    apiKeys: array(struct({ apiKey: int16, minVersion: int16, maxVersion: int16 })),
    throttleTimeMs: constant(int32, 0, 1),
  }),
});
