import { Writable } from "node:stream";
import fc from "fast-check";
import pino from "pino";
import { describe, expect, onTestFinished, test } from "vitest";
import { apiVersionsApi } from "./protocol/api-versions.ts";
import { ErrorCode } from "./protocol/error-codes.ts";
import { metadataApi } from "./protocol/metadata.ts";
import { produceApi } from "./protocol/produce.ts";
import { aRecordBatch } from "./testing/a-record-batch.ts";
import { encodeRequest, RawClient } from "./testing/raw-client.ts";
import { startTestBroker } from "./testing/start-test-broker.ts";
import { until } from "./testing/until.ts";

type LogLine = { level: string; msg: string; reason?: string };

/** A broker whose log can be read, and a healthy client that is connected all along. */
async function startWatched() {
  const lines: LogLine[] = [];
  const sink = new Writable({
    write(line, _, done) {
      lines.push(JSON.parse(String(line)));
      done();
    },
  });
  const logger = pino({ level: "info", formatters: { level: (label) => ({ level: label }) } }, sink);
  const broker = await startTestBroker({ logger });
  const healthy = await RawClient.connect(broker.port);
  onTestFinished(() => healthy.close());
  await healthy.request(metadataApi, 6, aMetadataRequest(["t"]));
  return { broker, healthy, lines };
}

const aMetadataRequest = (names: string[]) => ({
  topics: names.map((name) => ({ name })),
  allowAutoTopicCreation: true,
  includeClusterAuthorizedOperations: false,
  includeTopicAuthorizedOperations: false,
});

async function expectHealthy(client: RawClient): Promise<void> {
  const { topics } = await client.request(produceApi, 7, {
    transactionalId: null,
    acks: -1,
    timeoutMs: 1000,
    topics: [{ name: "t", partitions: [{ index: 0, records: aRecordBatch() }] }],
  });
  expect(topics[0]!.partitions[0]!.errorCode).toBe(ErrorCode.NONE);
}

function framed(body: Buffer, claimedBytes = body.length): Buffer {
  const length = Buffer.alloc(4);
  length.writeInt32BE(claimedBytes);
  return Buffer.concat([length, body]);
}

function header(apiKey: number, version: number): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeInt16BE(apiKey, 0);
  bytes.writeInt16BE(version, 2);
  bytes.writeInt16BE(-1, 8);
  return bytes;
}

const ABSURD_COUNT = Buffer.from("7fffffff", "hex");

describe("a request outside the protocol closes its connection with one line in the log, and no other", () => {
  test.each([
    ["a length of two thousand million bytes", framed(Buffer.alloc(0), 2 ** 31 - 1)],
    ["a length just above the limit", framed(Buffer.alloc(0), 16 * 1024 * 1024 + 1)],
    ["a negative length", framed(Buffer.alloc(0), -5)],
    ["a length too short for a header", framed(Buffer.from("abc"))],
    ["another protocol", Buffer.from("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")],
    ["an API nobody knows", framed(header(999, 0))],
    ["a version nobody knows", framed(header(metadataApi.key, 99))],
    ["a negative version", framed(header(metadataApi.key, -1))],
    ["a request that is cut off", framed(header(produceApi.key, 7))],
    ["an array of two thousand million topics", framed(Buffer.concat([header(metadataApi.key, 6), ABSURD_COUNT]))],
    [
      "a text longer than the request",
      framed(Buffer.concat([header(metadataApi.key, 6), Buffer.from("000000017fff41", "hex")])),
    ],
  ])("%s", async (_, bytes) => {
    const { broker, healthy, lines } = await startWatched();
    const hostile = await RawClient.connect(broker.port);
    hostile.socket.write(bytes);
    await hostile.closed();
    await expectHealthy(healthy);
    expect(lines.map(({ level }) => level)).toEqual(["warn"]);
  });

  test("random bytes, by the hundred", async () => {
    const { broker, healthy, lines } = await startWatched();
    const anyBody = fc.uint8Array({ minLength: 8, maxLength: 200 }).map((content) => Buffer.from(content));
    const anyApi = fc.record({ key: fc.integer({ min: 0, max: 45 }), version: fc.integer({ min: 0, max: 12 }) });
    const anyBytes = fc.oneof(
      anyBody,
      anyBody.map((body) => framed(body)),
      fc.tuple(anyApi, anyBody).map(([{ key, version }, body]) => framed(Buffer.concat([header(key, version), body]))),
    );
    await fc.assert(
      fc.asyncProperty(anyBytes, async (bytes) => {
        const hostile = await RawClient.connect(broker.port);
        // Whatever it is taken for, the connection is given up from this side, too.
        hostile.socket.end(bytes);
        hostile.socket.resume();
        await hostile.closed();
        await expectHealthy(healthy);
      }),
      { numRuns: 300, seed: 20_260_819 },
    );
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
    expect(lines.length).toBeGreaterThan(100);
  });

  test("real requests with bytes bent in the middle", async () => {
    const { broker, healthy, lines } = await startWatched();
    const request = Buffer.concat(
      encodeRequest(produceApi, 7, 1, {
        transactionalId: null,
        acks: -1,
        timeoutMs: 1000,
        topics: [{ name: "t", partitions: [{ index: 0, records: aRecordBatch({ values: ["bent"] }) }] }],
      }),
    );
    const anyBend = fc.tuple(fc.integer({ min: 4, max: request.length - 1 }), fc.integer({ min: 1, max: 255 }));
    await fc.assert(
      fc.asyncProperty(anyBend, async ([at, mask]) => {
        const bent = Buffer.from(request);
        bent[at]! ^= mask;
        const hostile = await RawClient.connect(broker.port);
        hostile.socket.end(bent);
        hostile.socket.resume();
        await hostile.closed();
        await expectHealthy(healthy);
      }),
      { numRuns: 200, seed: 20_260_819 },
    );
    expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  });
});

test("a client that asks for a version of the future is told which versions there are", async () => {
  const { broker } = await startWatched();
  const client = await RawClient.connect(broker.port);
  const answer = new Promise<Buffer>((resolve) => client.socket.once("data", resolve));
  client.socket.write(framed(header(apiVersionsApi.key, 77)));
  const bytes = await answer;
  expect(bytes.readInt16BE(8)).toBe(ErrorCode.UNSUPPORTED_VERSION);
  expect(bytes.readInt32BE(10)).toBeGreaterThan(20);
  client.close();
});

test("a client that asks on and on without reading is held back, and gets every answer in order once it reads", async () => {
  const { broker, healthy } = await startWatched();
  const greedy = await RawClient.connect(broker.port);
  onTestFinished(() => greedy.close());
  greedy.socket.pause();
  const REQUESTS = 3000;
  const request = (index: number) =>
    Buffer.concat(encodeRequest(apiVersionsApi, 2, index, { clientSoftwareName: "", clientSoftwareVersion: "" }));
  greedy.socket.write(Buffer.concat(Array.from({ length: REQUESTS }, (_, index) => request(index))));
  await expectHealthy(healthy);
  const correlationIds: number[] = [];
  let buffered = Buffer.alloc(0);
  greedy.socket.on("data", (chunk: Buffer) => {
    buffered = Buffer.concat([buffered, chunk]);
    while (buffered.length >= 8 && buffered.length >= 4 + buffered.readInt32BE(0)) {
      correlationIds.push(buffered.readInt32BE(4));
      buffered = buffered.subarray(4 + buffered.readInt32BE(0));
    }
  });
  greedy.socket.resume();
  await until(() => correlationIds.length === REQUESTS);
  expect(correlationIds).toEqual(Array.from({ length: REQUESTS }, (_, index) => index));
});
