import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RejectedRecord } from "@/server/contracts/dead-letter.ts";
import { REPLAYS_TOPIC } from "@/server/contracts/topics.ts";
import { applyChanges } from "@/server/store/changes.ts";
import { storeRejected } from "@/server/store/dead-letters.ts";
import { call } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { GET as contract } from "./contracts/[name]/route.ts";
import { GET as contracts } from "./contracts/route.ts";
import { POST as check } from "./dead-letters/[id]/check/route.ts";
import { POST as discard } from "./dead-letters/[id]/discard/route.ts";
import { POST as reopen } from "./dead-letters/[id]/reopen/route.ts";
import { POST as replay } from "./dead-letters/[id]/replay/route.ts";
import { GET as groups } from "./dead-letters/groups/route.ts";
import { POST as replayAll } from "./dead-letters/replay/route.ts";
import { GET as snapshot } from "./snapshots/[system]/[entity]/[key]/route.ts";
import { GET as entities } from "./snapshots/entities/route.ts";
import { GET as snapshots } from "./snapshots/route.ts";
import { PUT as putSources, GET as sources } from "./sources/route.ts";

const TIME_MS = Date.parse("2026-08-19T14:30:01.250Z");

let tower: TestTower;
beforeAll(async () => {
  tower = await testTower();
});
afterAll(() => tower.stop());

const base64 = (value: unknown) =>
  Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64");
const deadLetterPath = (id: string, verb = "") => `/api/v1/dead-letters/${id}${verb}`;

function qlik(row: Record<string, unknown>, headers: Record<string, unknown> = {}) {
  const change = {
    operation: "INSERT",
    changeSequence: "20260819143001250000000000000000004",
    timestamp: "2026-08-19T14:30:01.000",
  };
  return { magic: "atMSG", type: "DT", message: { data: row, beforeData: null, headers: { ...change, ...headers } } };
}

function aRejected(value: unknown, over: Partial<RejectedRecord> = {}): RejectedRecord {
  return {
    topic: "sap.LIKP",
    partition: 3,
    offset: 118n,
    timestampMs: TIME_MS,
    lane: "changes",
    connector: "sap-qlik",
    stage: "contract",
    reason: "missing_key",
    message: "the row lacks VBELN",
    fields: [{ path: "/message/data/VBELN", expected: "a key value of 1 to 100 characters" }],
    key: null,
    value: Buffer.from(typeof value === "string" ? value : JSON.stringify(value)),
    headers: {},
    ...over,
  };
}

describe("the mapping of topics", () => {
  const put = (body: unknown) => call(putSources, "/api/v1/sources", { body });
  const erp = { topic: "erp-prod.LIKP", connector: "sap-qlik", entity: "LIKP", enabled: true };

  test("it is empty first, is put as a whole, counts its versions and refuses who has not seen the last one", async () => {
    expect((await call(sources, "/api/v1/sources")).json.mapping).toEqual({ version: 0, mappings: [] });
    expect((await put({ version: 0, mappings: [erp] })).json).toEqual({ version: 1, mappings: [erp] });
    expect((await put({ version: 0, mappings: [] })).json).toMatchObject({ status: 409, code: "conflict" });
    expect((await put({ version: 1, mappings: [{ ...erp, enabled: false }] })).json.version).toBe(2);
    expect((await put({ version: 2, mappings: [] })).json).toEqual({ version: 3, mappings: [] });
    // An emptied list is not the list nobody has touched yet.
    expect((await put({ version: 0, mappings: [erp] })).status).toBe(409);
    expect((await put({ version: 3, mappings: [{ ...erp, enabled: false }] })).json.version).toBe(4);
    const trail = await tower.database.auditEntry.findMany({ where: { action: "source_mapping.put" } });
    expect(trail.map(({ actor }) => actor)).toEqual(new Array(4).fill("api-key:bootstrap"));
    expect(trail.at(-1)).toMatchObject({ before: { mappings: [] }, after: { mappings: [{ topic: "erp-prod.LIKP" }] } });
  });

  test("a topic that is switched off says so beside those that are read, with its plain name and contract", async () => {
    const { items } = (await call(sources, "/api/v1/sources")).json;
    expect(items).toMatchObject([
      {
        topic: "erp-prod.LIKP",
        state: "off",
        name: "SAP deliveries",
        contract: "sap.LIKP",
        mapped: true,
        partitions: 0,
      },
      {
        topic: "telematics.readings",
        state: "current",
        name: "Telematics",
        contract: "canonical.reading.v1",
        mapped: false,
      },
    ]);
  });

  test.each([
    [{ topic: "tower.replays" }, "/mappings/0/topic"],
    [{ topic: "telematics.readings" }, "/mappings/0/topic"],
    [{ topic: "__consumer_offsets" }, "/mappings/0/topic"],
    [{ topic: "a topic" }, "/mappings/0/topic"],
    [{ connector: "sap-magic" }, "/mappings/0/connector"],
    [{ entity: "NOSUCH" }, "/mappings/0/entity"],
    [{ connector: "canonical" }, "/mappings/0/entity"],
  ])("what cannot be read like that is refused and named: %j", async (over, path) => {
    const answer = await put({ version: 4, mappings: [{ ...erp, ...over }] });
    expect(answer.status).toBe(400);
    expect(answer.json.errors.map((error: { path: string }) => error.path)).toContain(path);
  });

  test("two ways to read one topic are refused", async () => {
    expect((await put({ version: 4, mappings: [erp, erp] })).json.errors).toMatchObject([
      { path: "/mappings/1/topic" },
    ]);
  });
});

test("contracts are told by name, with every key column required and what each field is used for", async () => {
  const { items } = (await call(contracts, "/api/v1/contracts")).json;
  const names = items.map(({ name }: { name: string }) => name);
  expect(names).toEqual(
    expect.arrayContaining(["canonical.reading.v1", "canonical.site.v1", "sap.MATDOC", "salesforce.Case"]),
  );
  const likp = (await call(contract, "/api/v1/contracts/sap.LIKP")).json;
  const field = (path: string) => likp.fields.find((each: { path: string }) => each.path === path);
  expect(field("/VBELN")).toMatchObject({ required: true, usedFor: "identity" });
  expect(field("/WADAT_IST")).toMatchObject({ required: false, usedFor: "goods issue" });
  expect((await call(contract, "/api/v1/contracts/sap.NOSUCH")).status).toBe(404);
});

describe("rejected records", () => {
  const ID = "sap.LIKP~3~118";
  const replays = () => tower.database.outbox.findMany({ where: { topic: REPLAYS_TOPIC }, orderBy: { id: "asc" } });

  beforeEach(async () => {
    await tower.database.$executeRaw`truncate dead_letter, outbox, audit_entry, cdc_snapshot, cdc_change`;
  });

  test("a check explains each field beside the contract, and says nothing was done", async () => {
    await storeRejected(tower.database, [aRejected(qlik({ MANDT: "100", BTGEW: 17427.5, ZZDOCK: "D07" }))]);
    const { json } = await call(check, deadLetterPath(ID, "/check"));
    expect(json).toMatchObject({ outcome: "rejected", reason: "missing_key", contract: "sap.LIKP", effects: [] });
    expect(json.fields.map(({ name, value, failing }: Record<string, string>) => [name, value, failing])).toEqual([
      ["MANDT", '"100"', null],
      ["VBELN", null, "a key value of 1 to 100 characters"],
      ["BTGEW", '"17427.5"', null],
      ["ZZDOCK", '"D07"', null],
    ]);
    expect(json.fields.at(-1)).toMatchObject({ expected: null, meaning: null });
    expect(await replays()).toEqual([]);
    expect(await tower.database.cdcSnapshot.count()).toBe(0);
    expect((await tower.database.deadLetter.findFirst())?.attempts).toEqual([]);
  });

  test("a mended record that fits says which row would appear, change, or stay as it is", async () => {
    await storeRejected(tower.database, [aRejected(qlik({ MANDT: "100" }))]);
    const mended = (row: object, headers = {}) => ({
      body: { value: base64(qlik({ MANDT: "100", VBELN: "0080334612", ...row }, headers)) },
    });
    const path = deadLetterPath(ID, "/check");
    const first = await call(check, path, mended({ WADAT: "20261130" }));
    expect(first.json).toMatchObject({
      outcome: "fits",
      subject: "Delivery 0080334612",
      effects: [{ effect: "appears", system: "sap", entity: "LIKP", key: "100|0080334612", rowTitle: "Delivery" }],
    });
    await apply("20260819143001250000000000000000005", { MANDT: "100", VBELN: "0080334612", WADAT: "20261101" });
    expect((await call(check, path, mended({ WADAT: "20261130" }))).json.effects).toMatchObject([{ effect: "none" }]);
    const newer = mended({ WADAT: "20261130" }, { operation: "UPDATE", changeSequence: "2".repeat(35) });
    expect((await call(check, path, newer)).json.effects).toMatchObject([
      { effect: "changes", changes: [{ field: "WADAT", before: "20261101", after: "20261130" }] },
    ]);
  });

  test("what is no JSON is checked as well, and a reading says which vehicle it is of", async () => {
    await storeRejected(tower.database, [
      aRejected('{"broken', { reason: "not_json" }),
      aRejected("{}", { topic: "telematics.readings", offset: 7n, lane: "telemetry", connector: "canonical" }),
    ]);
    expect((await call(check, deadLetterPath(ID, "/check"))).json).toMatchObject({ reason: "not_json", fields: [] });
    const reading = { schema: "reading.v1", vehicleId: "T7", time: "2026-08-19T14:30:01.250Z", speedKmh: 80 };
    const path = deadLetterPath("telematics.readings~3~7", "/check");
    expect((await call(check, path)).json).toMatchObject({ outcome: "rejected", reason: "unknown_envelope" });
    expect(
      (await call(check, path, { body: { value: base64({ ...reading, speedKmh: 900 }) } })).json.fields,
    ).toContainEqual(expect.objectContaining({ name: "speedKmh", value: "900", failing: "a number from 0 to 400" }));
    expect((await call(check, path, { body: { value: base64(reading) } })).json).toMatchObject({
      outcome: "fits",
      subject: "Vehicle T7",
      effects: [{ effect: "is_read", key: "T7" }],
    });
  });

  test("open ones are counted by reason and topic, the newest first", async () => {
    await storeRejected(tower.database, [aRejected("1"), aRejected("2", { offset: 119n })]);
    await storeRejected(tower.database, [
      aRejected("{", { topic: "sap.LIPS", reason: "not_json", message: "cut off" }),
    ]);
    await call(discard, deadLetterPath("sap.LIKP~3~119", "/discard"));
    expect((await call(groups, "/api/v1/dead-letters/groups")).json.items).toMatchObject([
      { reason: "not_json", topic: "sap.LIPS", count: 1, newest: "sap.LIPS~3~118", message: "cut off" },
      { reason: "missing_key", topic: "sap.LIKP", count: 1, newest: ID },
    ]);
  });

  test("a discarded one can be opened again, once, and nothing else can", async () => {
    await storeRejected(tower.database, [aRejected("1")]);
    expect((await call(reopen, deadLetterPath(ID, "/reopen"))).status).toBe(409);
    await call(discard, deadLetterPath(ID, "/discard"), { body: { comment: "a test of theirs" } });
    const answers = await Promise.all([1, 2, 3].map(() => call(reopen, deadLetterPath(ID, "/reopen"))));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const opened = answers.find(({ status }) => status === 200)!.json;
    expect(opened).toMatchObject({ status: "open", attempts: [{ action: "discarded" }, { action: "reopened" }] });
    await call(replay, deadLetterPath(ID, "/replay"));
    expect((await call(reopen, deadLetterPath(ID, "/reopen"))).status).toBe(409);
    expect((await call(reopen, deadLetterPath("sap.LIKP~3~999", "/reopen"))).status).toBe(404);
    const trail = await tower.database.auditEntry.findMany({ orderBy: { id: "asc" } });
    expect(trail.map(({ action }) => action)).toEqual([
      "dead_letter.discard",
      "dead_letter.reopen",
      "dead_letter.replay",
    ]);
  });

  test("all of a reason go again in batches, each once, also when two people do it and some are rejected again", async () => {
    const many = Array.from({ length: 250 }, (_, n) => aRejected(`${n}`, { offset: BigInt(n) }));
    await storeRejected(tower.database, [...many, aRejected("x", { offset: 999n, reason: "not_json" })]);
    const startedAt = new Date(Date.now() + 1_000).toISOString();
    const run = async () => {
      for (let calls = 0; calls < 10; calls += 1) {
        const { json } = await call(replayAll, "/api/v1/dead-letters/replay", {
          body: { reason: "missing_key", startedAt },
        });
        expect(json.replayed).toBeLessThanOrEqual(100);
        if (json.replayed === 0 && json.remaining === 0) return;
        await rejectAgain("sap.LIKP~3~7");
      }
    };
    await Promise.all([run(), run()]);
    const sent = (await replays()).map(({ headers }) => (headers as Record<string, string>)["wheelhouse.replay.id"]);
    expect(sent).toHaveLength(250);
    expect(new Set(sent).size).toBe(250);
    const trail = await tower.database.auditEntry.findMany({ where: { action: "dead_letter.replay_all" } });
    expect(trail.flatMap(({ after }) => (after as { ids: string[] }).ids)).toHaveLength(250);
    expect(await tower.database.deadLetter.count({ where: { status: "open", reason: "not_json" } })).toBe(1);
  });

  /** As the lane notes a replay that went wrong: open again, with the time at which it did. */
  async function rejectAgain(id: string): Promise<void> {
    const attempts = JSON.stringify([
      { time: new Date(Date.now() + 2_000).toISOString(), actor: "tower", action: "rejected_again" },
    ]);
    const [topic, partition, offset] = id.split("~");
    await tower.database.$executeRaw`
      update dead_letter set status = 'open', attempts = attempts || ${attempts}::jsonb
      where topic = ${topic} and partition = ${Number(partition)} and record_offset = ${BigInt(offset!)}
        and status = 'replayed'`;
  }
});

describe("rows of other systems", () => {
  beforeAll(async () => {
    await tower.database.$executeRaw`truncate cdc_snapshot, cdc_change`;
    for (const number of ["0080334561", "0080334562", "0070000001", "AB00123"])
      await apply("20260819143001250000000000000000001", { MANDT: "100", VBELN: number, KUNNR: "0000001000" });
    await apply(
      "20260819143001250000000000000000002",
      { MANDT: "100", VBELN: "0080334561", WADAT: "20261130" },
      "update",
    );
  });
  const keysOf = async (query: string) =>
    (await call(snapshots, `/api/v1/snapshots?${query}`)).json.items.map(({ key }: { key: string }) => key);

  test.each([
    ["80334561", ["100|0080334561"]],
    ["0080334561", ["100|0080334561"]],
    ["8033456", ["100|0080334561", "100|0080334562"]],
    ["AB", ["100|AB00123"]],
    ["%", []],
    ["80_34561", []],
  ])("one is found by how its key begins, with or without zeros in front: %s", async (q, keys) => {
    const query = `system=sap&entity=LIKP&q=${encodeURIComponent(q)}`;
    expect((await keysOf(query)).sort()).toEqual(keys);
    expect((await keysOf(`q=${encodeURIComponent(q)}`)).sort()).toEqual(keys);
  });

  test("paging by any size shows each once, the newest change first", async () => {
    const all = await keysOf("system=sap&entity=LIKP");
    expect(all).toHaveLength(4);
    expect(all[0]).toBe("100|0080334561");
    for (const limit of [1, 3]) {
      const found: string[] = [];
      for (let cursor: string | null = ""; cursor !== null; ) {
        const next: string = cursor ? `&cursor=${cursor}` : "";
        const { json } = await call(snapshots, `/api/v1/snapshots?limit=${limit}${next}`);
        found.push(...json.items.map(({ key }: { key: string }) => key));
        cursor = json.nextCursor;
      }
      expect(found).toEqual(all);
    }
  });

  test("kinds of rows are counted under plain names", async () => {
    expect((await call(entities, "/api/v1/snapshots/entities")).json.items).toEqual([
      { system: "sap", entity: "LIKP", title: "Delivery", count: 4 },
    ]);
  });

  test("each field says which change set it last, and the row what it belongs to", async () => {
    const row = { system: "sap", entity: "LIKP", key: "100|0080334561" };
    await tower.database.businessLink.create({ data: { kind: "delivery", id: "sap:100:0080334561", ...row } });
    await tower.database.businessObject.create({
      data: { kind: "shipment", id: "sap:100:9", body: { vehicleId: "T1" }, related: ["delivery:sap:100:0080334561"] },
    });
    const { json } = await call(snapshot, `/api/v1/snapshots/sap/LIKP/${encodeURIComponent(row.key)}`);
    expect(json.provenance.WADAT.position).toBe("20260819143001250000000000000000002");
    expect(json.provenance.KUNNR).toMatchObject({
      position: "20260819143001250000000000000000001",
      time: "2026-08-19T14:30:01.250Z",
      record: { topic: "sap.LIKP" },
    });
    expect(json.links).toEqual([
      { kind: "delivery", id: "sap:100:0080334561" },
      { kind: "vehicle", id: "T1" },
    ]);
  });
});

async function apply(position: string, fields: Record<string, string>, operation: "create" | "update" = "create") {
  const record = { topic: "sap.LIKP", partition: 3, offset: 9n, timestampMs: TIME_MS };
  const row = { system: "sap", entity: "LIKP", key: `${fields.MANDT}|${fields.VBELN}` };
  await tower.database.$transaction((db) =>
    applyChanges(db, [{ ...row, operation, position, commitTimeMs: TIME_MS, fields, record }]),
  );
}
