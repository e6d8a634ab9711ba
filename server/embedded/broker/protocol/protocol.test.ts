import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ProtocolError } from "../wire/protocol-error.ts";
import { Reader } from "../wire/reader.ts";
import { Writer } from "../wire/writer.ts";
import { type Api, versionOf } from "./api.ts";
import { apiVersionsApi } from "./api-versions.ts";
import { alterConfigsApi, describeConfigsApi } from "./configs.ts";
import { fetchApi } from "./fetch.ts";
import * as groups from "./groups.ts";
import { findCoordinatorApi, metadataApi } from "./metadata.ts";
import { listOffsetsApi, offsetCommitApi, offsetFetchApi, txnOffsetCommitApi } from "./offsets.ts";
import { produceApi } from "./produce.ts";
import { createPartitionsApi, createTopicsApi, deleteRecordsApi, deleteTopicsApi } from "./topics.ts";
import * as transactions from "./transactions.ts";

const APIS = [
  produceApi,
  fetchApi,
  listOffsetsApi,
  metadataApi,
  offsetCommitApi,
  offsetFetchApi,
  findCoordinatorApi,
  apiVersionsApi,
  createTopicsApi,
  deleteTopicsApi,
  deleteRecordsApi,
  createPartitionsApi,
  describeConfigsApi,
  alterConfigsApi,
  txnOffsetCommitApi,
  ...Object.values(groups),
  ...Object.values(transactions),
] as Api<unknown, unknown>[];

const EVERY_VERSION = APIS.flatMap((api) =>
  Array.from({ length: api.versionMax - api.versionMin + 1 }, (_, index) => ({ api, number: api.versionMin + index })),
);

/** Small numbers, so that lengths and counts are often right and reading gets deep into a structure. */
const plausibleBytes = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 255 })), { maxLength: 120 })
  .map((content) => Buffer.from(content));

function decode(api: Api<unknown, unknown>, number: number, bytes: Buffer): unknown {
  return api.request.read(new Reader(bytes), versionOf(api, number));
}

function encode(api: Api<unknown, unknown>, number: number, request: unknown): Buffer {
  const writer = new Writer();
  api.request.write(writer, request, versionOf(api, number));
  return Buffer.concat(writer.finish());
}

describe("every API in every version", () => {
  test("turns any bytes into a request or a protocol error, never into another throw", () => {
    fc.assert(
      fc.property(fc.constantFrom(...EVERY_VERSION), plausibleBytes, ({ api, number }, bytes) => {
        try {
          decode(api, number, bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(ProtocolError);
        }
      }),
      { numRuns: 5000 },
    );
  });

  test("reads what it has read and written again as the same request", () => {
    let decoded = 0;
    fc.assert(
      fc.property(fc.constantFrom(...EVERY_VERSION), plausibleBytes, ({ api, number }, bytes) => {
        let request: unknown;
        try {
          request = decode(api, number, bytes);
        } catch {
          return;
        }
        decoded++;
        expect(decode(api, number, encode(api, number, request))).toEqual(request);
      }),
      { numRuns: 5000 },
    );
    expect(decoded).toBeGreaterThan(100);
  });

  test("has a key of its own and a sound range of versions", () => {
    expect(new Set(APIS.map(({ key }) => key)).size).toBe(APIS.length);
    for (const { versionMin, versionMax } of APIS) expect(versionMin).toBeLessThanOrEqual(versionMax);
  });
});
