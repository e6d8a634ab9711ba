import type { KafkaMessage } from "kafkajs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { isChangesTopic, routeOf } from "../connectors/index.ts";
import { deadLetterId } from "../contracts/dead-letter.ts";
import { REPLAY_HEADERS, REPLAYS_TOPIC } from "../contracts/topics.ts";
import { buildChangesPipeline } from "../pipeline/build-changes.ts";
import { Fenced } from "../platform/fenced.ts";
import { createLogger } from "../platform/logger.ts";
import { PROJECTIONS } from "../projections/index.ts";
import { createChangesChunkStore } from "../store/changes-chunk.ts";
import { createStoreTogether } from "../store/changes-together.ts";
import { type Database, openDatabase } from "../store/client.ts";
import { areStored, claimOffsets } from "../store/offsets.ts";
import { createRowProjector } from "../store/project-rows.ts";
import { isUnstorable } from "../store/unstorable.ts";
import { type TestDatabase, testDatabase } from "../testing/database.ts";
import { ChangesLine, type ChangesLineParts } from "./changes-line.ts";

let own: TestDatabase;
let database: Database;

beforeAll(async () => {
  own = await testDatabase();
  database = openDatabase(own.url, 4);
});
afterAll(async () => {
  await database.$disconnect();
  await own.drop();
});
beforeEach(async () => {
  await database.$executeRaw`truncate cdc_change, cdc_snapshot, site, dead_letter, outbox, consumer_offset`;
});

const NOW = Date.parse("2026-08-19T15:00:00.000Z");

async function aLine(topic: string, over: Partial<ChangesLineParts> = {}, partition = 0): Promise<ChangesLine> {
  const [claimed] = await claimOffsets(database, "changes", [{ topic, partition }]);
  return new ChangesLine({
    claimed: claimed!,
    pipeline: buildChangesPipeline({
      isMine: isChangesTopic,
      decoderOf: (name) => {
        const route = routeOf(name);
        return route && ((record) => route.connector.decode(record, route.source.entity));
      },
    }),
    connectorOf: (name) => routeOf(name)?.source.connector ?? "none",
    store: createStore(),
    isStored: (move) => areStored(database, "changes", [move]),
    isUnstorable,
    stored: () => {},
    ...over,
  });
}

const projectRows = createRowProjector({ projections: PROJECTIONS, logger: createLogger("test", "silent") });
const storeChunks = (...[chunks]: Parameters<ReturnType<typeof createChangesChunkStore>>) =>
  createChangesChunkStore({ database, clock: () => NOW, projectRows, touched: () => {} })(chunks);
const createStore = () => createStoreTogether(storeChunks, isUnstorable);

/** A connector that lets text through which PostgreSQL cannot hold. */
const lettingThrough = buildChangesPipeline({
  isMine: isChangesTopic,
  decoderOf: () => (record) => ({
    kind: "changes",
    gaps: [],
    changes: [
      {
        ...{ system: "sap", entity: "LIKP", key: String(record.offset), operation: "update", position: "1" },
        ...{ commitTimeMs: NOW, fields: { A: record.value!.toString() }, record },
      },
    ],
  }),
});

const aMessage = (
  offset: number,
  value: string | Buffer | null,
  headers: Record<string, string> = {},
): KafkaMessage => ({
  key: Buffer.from("key"),
  value: value === null ? null : Buffer.from(value),
  timestamp: String(NOW + offset),
  attributes: 0,
  offset: String(offset),
  headers,
});
const sequence = (n: number) => `2026081914300100${String(n).padStart(19, "0")}`;
const likp = (n: number, row: Record<string, unknown>, operation = "UPDATE") =>
  JSON.stringify({
    magic: "atMSG",
    type: "DT",
    message: {
      data: operation === "DELETE" ? null : { MANDT: "100", VBELN: "0080012345", ...row },
      beforeData: { MANDT: "100", VBELN: "0080012345", ...row },
      headers: { operation, changeSequence: sequence(n), timestamp: "2026-08-19T14:30:01.000" },
    },
  });
const run = (line: ChangesLine, messages: KafkaMessage[], topic = "sap.LIKP") =>
  line.run(topic, messages, 0, Number(messages.at(-1)!.offset));
const counted = (over: Partial<ChangesLine["counters"]>) => ({
  delivered: 0,
  applied: 0,
  late: 0,
  repeated: 0,
  ignored: 0,
  rejected: 0,
  gaps: 0,
  lost: 0,
  ...over,
});
const snapshots = () =>
  database.cdcSnapshot.findMany({ orderBy: [{ system: "asc" }, { entity: "asc" }, { key: "asc" }] });
const offsetRow = (topic: string) =>
  database.consumerOffset.findUniqueOrThrow({
    where: { lane_topic_partition: { lane: "changes", topic, partition: 0 } },
  });

test("a chunk goes into images, history, dead letters, counters and the offset, together", async () => {
  const line = await aLine("sap.LIKP");
  await run(line, [
    aMessage(0, likp(1, { LFART: "LF", WADAT_IST: "00000000" }, "INSERT")),
    aMessage(1, "not json"),
    aMessage(2, likp(3, { WADAT_IST: "20260819" })),
    aMessage(3, null),
    aMessage(4, likp(2, { WADAT_IST: "20260818" })),
    aMessage(5, likp(3, { WADAT_IST: "20260819" })),
    aMessage(6, likp(4, { VBELN: "" })),
  ]);
  const expected = counted({ delivered: 7, applied: 2, late: 1, repeated: 1, ignored: 1, rejected: 2 });
  expect(line.counters).toEqual(expected);
  expect(await offsetRow("sap.LIKP")).toMatchObject({ nextOffset: 7n, counters: expected });
  expect(await snapshots()).toMatchObject([
    {
      system: "sap",
      entity: "LIKP",
      key: "100|0080012345",
      image: { MANDT: "100", VBELN: "0080012345", LFART: "LF", WADAT_IST: "20260819" },
      position: sequence(3),
      deleted: false,
      stale: false,
      topic: "sap.LIKP",
      recordOffset: 2n,
    },
  ]);
  const history = await database.cdcChange.findMany({ orderBy: { id: "asc" } });
  expect(history.map(({ recordOffset, operation, late }) => [recordOffset, operation, late])).toEqual([
    [0n, "create", false],
    [2n, "update", false],
    [4n, "update", true],
  ]);
  const letters = await database.deadLetter.findMany({ orderBy: { recordOffset: "asc" } });
  expect(letters).toMatchObject([
    { recordOffset: 1n, lane: "changes", connector: "sap-qlik", stage: "decode", reason: "not_json", status: "open" },
    { recordOffset: 6n, stage: "contract", reason: "missing_key" },
  ]);
  expect(Buffer.from(letters[0]!.value!).toString()).toBe("not json");
  expect(await database.outbox.count()).toBe(2);
});

test("chunks in any cut, and begun again after a crash, end the same", async () => {
  const messages = [
    aMessage(0, likp(1, { A: "1", B: "1" }, "INSERT")),
    aMessage(1, likp(3, { A: "3" })),
    aMessage(2, likp(2, { A: "2", B: "2" })),
    aMessage(3, "{"),
    aMessage(4, likp(5, { C: "5" })),
    aMessage(5, likp(4, {}, "DELETE")),
  ];
  await run(await aLine("sap.LIKP"), messages);
  const whole = await snapshots();
  const counters = (await offsetRow("sap.LIKP")).counters;
  await database.$executeRaw`truncate cdc_change, cdc_snapshot, dead_letter, outbox, consumer_offset`;
  for (const cut of [2, 3, 5, 6]) {
    const restarted = await aLine("sap.LIKP");
    const rest = messages.slice(restarted.expected(), cut);
    await run(restarted, rest);
  }
  const withoutTime = (rows: typeof whole) => rows.map(({ updatedAt: _, ...row }) => row);
  expect(withoutTime(await snapshots())).toEqual(withoutTime(whole));
  expect((await offsetRow("sap.LIKP")).counters).toEqual(counters);
  expect(await database.deadLetter.count()).toBe(1);
});

test("an owner whose partition was claimed by another stores nothing any more", async () => {
  const old = await aLine("sap.LIKP");
  await run(old, [aMessage(0, likp(1, { A: "1" }))]);
  const current = await aLine("sap.LIKP");
  await expect(run(old, [aMessage(1, likp(2, { A: "old owner" })), aMessage(2, "{")])).rejects.toThrow(Fenced);
  expect(await database.cdcChange.count()).toBe(1);
  expect(await database.deadLetter.count()).toBe(0);
  await run(current, [aMessage(1, likp(2, { A: "2" }))]);
  expect(await snapshots()).toMatchObject([{ image: { A: "2" } }]);
});

test("partitions stored together count each for itself, and what stops one of them does not hold the others back", async () => {
  const sizes: number[] = [];
  const store = createStoreTogether((chunks) => {
    sizes.push(chunks.length);
    return storeChunks(chunks);
  }, isUnstorable);
  const lines = await Promise.all([0, 1, 2, 3].map((partition) => aLine("sap.LIKP", { store }, partition)));
  const refused = await aLine("sap.LIKP", { store, pipeline: lettingThrough }, 4);
  await aLine("sap.LIKP", {}, 3); // claims what the last of the lines still believes to own
  const chunkOf = (partition: number) => [
    aMessage(0, likp(1, { VBELN: `008000000${partition}` }, "INSERT")),
    aMessage(1, likp(2, { VBELN: `008000000${partition}`, A: "2" })),
    aMessage(2, "{"),
  ];
  const results = await Promise.allSettled([
    ...lines.map((line, partition) => run(line, chunkOf(partition))),
    run(refused, [aMessage(0, "fine"), aMessage(1, "a\u0000b")]),
  ]);

  expect(results.map(({ status }) => status)).toEqual([...Array(3).fill("fulfilled"), "rejected", "fulfilled"]);
  expect(results[3]).toMatchObject({ reason: expect.any(Fenced) });
  expect(sizes[0]).toBe(5);
  const expected = counted({ delivered: 3, applied: 2, rejected: 1 });
  expect(lines.map(({ counters }) => counters)).toEqual([expected, expected, expected, counted({})]);
  expect(refused.counters).toEqual(counted({ delivered: 2, applied: 1, rejected: 1 }));
  const stored = await database.consumerOffset.findMany({ orderBy: { partition: "asc" } });
  expect(stored.map(({ nextOffset }) => nextOffset)).toEqual([3n, 3n, 3n, 0n, 2n]);
  expect(await snapshots()).toMatchObject([
    { key: "0", image: { A: "fine" } },
    ...[0, 1, 2].map((partition) => ({ key: `100|008000000${partition}`, image: { A: "2" } })),
  ]);
});

test("a commit whose answer was lost is found, and not taken for another owner", async () => {
  const store = createStore();
  let lose = true;
  const line = await aLine("sap.LIKP", {
    store: async (chunk, toMove) => {
      const outcomes = await store(chunk, toMove);
      if (!lose) return outcomes;
      lose = false;
      throw new Error("Connection terminated unexpectedly");
    },
  });
  const messages = [aMessage(0, likp(1, { A: "1" }))];
  await expect(run(line, messages)).rejects.toThrow("Connection terminated");
  await run(line, [...messages, aMessage(1, likp(2, { A: "2" }))]);
  expect(line.counters).toEqual(counted({ delivered: 2, applied: 2 }));
  expect(await offsetRow("sap.LIKP")).toMatchObject({ nextOffset: 2n });
});

test("what the database refuses is a dead letter, and its neighbours are stored", async () => {
  const line = await aLine("sap.LIKP", { pipeline: lettingThrough });
  await run(
    line,
    [0, 1, 2, 3, 4].map((offset) => aMessage(offset, offset === 3 ? "a\u0000b" : "fine")),
  );
  expect(line.counters).toEqual(counted({ delivered: 5, applied: 4, rejected: 1 }));
  expect((await snapshots()).map(({ key }) => key)).toEqual(["0", "1", "2", "4"]);
  expect(await database.deadLetter.findMany()).toMatchObject([
    { recordOffset: 3n, stage: "apply", reason: "not_storable" },
  ]);
});

test("a topic without a connector is rejected record by record", async () => {
  const line = await aLine("sap.S4.LIKP");
  await run(line, [aMessage(0, likp(1, {})), aMessage(1, null)], "sap.S4.LIKP");
  expect(line.counters).toEqual(counted({ delivered: 2, rejected: 2 }));
  expect(await database.deadLetter.findMany()).toMatchObject([
    { connector: "none", reason: "unknown_source" },
    { connector: "none", reason: "unknown_source" },
  ]);
});

test("offsets that hold no record are counted apart", async () => {
  const line = await aLine("sap.LIKP");
  await line.run("sap.LIKP", [aMessage(3, likp(1, {})), aMessage(5, likp(2, {}))], 0, 7);
  expect(line.counters).toEqual(counted({ delivered: 2, applied: 2, gaps: 6 }));
  expect(line.expected()).toBe(8);
});

test("a log that begins late begins without a gap", async () => {
  const line = await aLine("sap.LIKP");
  line.begin("sap.LIKP", 100);
  await run(line, [aMessage(100, likp(1, {}))]);
  expect(line.counters).toEqual(counted({ delivered: 1, applied: 1 }));
  expect(await offsetRow("sap.LIKP")).toMatchObject({ nextOffset: 101n });
});

test("sites become rows of their table, newer ones replace the whole row and tombstones remove it", async () => {
  const site = (over: object) =>
    JSON.stringify({
      schema: "site.v1",
      siteId: "1010",
      kind: "plant",
      name: "Joliet",
      latitude: 41.5,
      longitude: -88.1,
      ...over,
    });
  const line = await aLine("master.sites");
  await run(line, [aMessage(0, site({ radiusM: 500, timeZone: "America/Chicago" }))], "master.sites");
  expect(await database.site.findMany()).toMatchObject([
    { id: "1010", name: "Joliet", radiusM: 500, recordOffset: 0n },
  ]);
  await run(line, [aMessage(1, site({ name: "Joliet South" }))], "master.sites");
  expect(await database.site.findMany()).toMatchObject([
    {
      id: "1010",
      name: "Joliet South",
      latitude: 41.5,
      longitude: -88.1,
      radiusM: null,
      timeZone: null,
      recordOffset: 1n,
    },
  ]);
  await run(line, [{ ...aMessage(2, null), key: Buffer.from("1010") }], "master.sites");
  expect(await database.site.findMany()).toEqual([]);
  expect(line.counters).toEqual(counted({ delivered: 3, applied: 3 }));
});

test("a wildcard makes every image of its kind stale until the row comes whole", async () => {
  const event = (n: number, ids: string[], changeType = "UPDATE", fields = {}) =>
    JSON.stringify({
      payload: {
        ChangeEventHeader: {
          ...{ entityName: "Account", recordIds: ids, changeType },
          ...{ commitTimestamp: NOW + n, commitNumber: n, sequenceNumber: 1 },
        },
        ...fields,
      },
    });
  const topic = "salesforce.AccountChangeEvent";
  const line = await aLine(topic);
  await run(
    line,
    [
      aMessage(0, event(1, ["001A", "001B", "500C"], "CREATE", { Name: "x" })),
      aMessage(1, event(2, ["001*"])),
      aMessage(2, event(3, ["001A"], "UNDELETE", { Name: "y" })),
      aMessage(3, event(2, ["001*"])),
    ],
    topic,
  );
  expect((await snapshots()).map(({ key, stale }) => [key, stale])).toEqual([
    ["001A", false],
    ["001B", true],
    ["500C", false],
  ]);
  expect(line.counters).toEqual(counted({ delivered: 4, applied: 3, repeated: 1 }));
});

test("a mended record is applied as the record it stands for, and its dead letter says so", async () => {
  await run(await aLine("sap.LIKP"), [aMessage(0, "{"), aMessage(1, "{")]);
  const [first, second] = await database.deadLetter.findMany({ orderBy: { recordOffset: "asc" } });
  await database.deadLetter.updateMany({ data: { status: "replayed" } });
  const headers = (letter: NonNullable<typeof first>) => ({
    [REPLAY_HEADERS.deadLetter]: deadLetterId({ ...letter, offset: letter.recordOffset }),
    [REPLAY_HEADERS.topic]: letter.topic,
    [REPLAY_HEADERS.partition]: String(letter.partition),
    [REPLAY_HEADERS.offset]: String(letter.recordOffset),
    [REPLAY_HEADERS.timestamp]: String(letter.recordTimestamp.getTime()),
  });
  const replays = await aLine(REPLAYS_TOPIC);
  const mended = aMessage(0, likp(1, { A: "mended" }), headers(first!));
  const twice = { ...mended, offset: "1" };
  const stillBroken = aMessage(2, "{", headers(second!));
  const foreign = aMessage(3, "{}", { ...headers(first!), [REPLAY_HEADERS.topic]: "telematics.readings" });
  await run(replays, [mended, twice, stillBroken, foreign], REPLAYS_TOPIC);

  expect(replays.counters).toEqual(counted({ delivered: 4, applied: 1, repeated: 1, rejected: 1, ignored: 1 }));
  expect(await snapshots()).toMatchObject([
    { image: { A: "mended" }, topic: "sap.LIKP", partition: 0, recordOffset: 0n, recordTimestamp: new Date(NOW) },
  ]);
  expect(await database.deadLetter.findMany({ orderBy: { recordOffset: "asc" } })).toMatchObject([
    { status: "replayed", attempts: [{ action: "applied", actor: "tower", time: "2026-08-19T15:00:00.000Z" }] },
    { status: "open", attempts: [{ action: "rejected_again", comment: expect.stringContaining("not_json") }] },
  ]);
  expect(await database.deadLetter.count()).toBe(2);
});

test("two partitions with changes of one row, at the same time, lose nothing", async () => {
  const [left, right] = [await aLine("sap.LIKP", {}, 0), await aLine("sap.LIKP", {}, 1)];
  const rounds = 10;
  const chunk = (round: number, name: string) =>
    Array.from({ length: 20 }, (_, index) => {
      const n = round * 100 + index * 2 + (name === "L" ? 0 : 1);
      const row = { VBELN: `00800${index % 7}`, [`${name}${round}`]: String(n) };
      return aMessage(round * 20 + index, likp(n + 1, row));
    });
  for (let round = 0; round < rounds; round++) {
    await Promise.all([run(left, chunk(round, "L")), run(right, chunk(round, "R"))]);
  }
  const images = (await snapshots()).map(({ image }) => Object.keys(image as object).length);
  expect(images).toEqual(Array.from({ length: 7 }, () => 2 + 2 * rounds));
  expect(await database.cdcChange.count()).toBe(2 * rounds * 20);
});
