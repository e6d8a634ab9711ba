import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { RejectedRecord } from "@/server/contracts/dead-letter.ts";
import { REPLAYS_TOPIC } from "@/server/contracts/topics.ts";
import { storeRejected } from "@/server/store/dead-letters.ts";
import { call } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { POST as discard } from "./dead-letters/[id]/discard/route.ts";
import { POST as replay } from "./dead-letters/[id]/replay/route.ts";
import { GET as deadLetter } from "./dead-letters/[id]/route.ts";
import { GET as deadLetters } from "./dead-letters/route.ts";
import { GET as sites } from "./sites/route.ts";
import { GET as history } from "./snapshots/[system]/[entity]/[key]/history/route.ts";
import { GET as snapshot } from "./snapshots/[system]/[entity]/[key]/route.ts";

const TIME_MS = Date.parse("2026-08-19T14:30:01.250Z");
const ID = "sap.LIKP~15~118";

let tower: TestTower;
beforeAll(async () => {
  tower = await testTower();
});
afterAll(() => tower.stop());

function aRejected(over: Partial<RejectedRecord> = {}): RejectedRecord {
  return {
    topic: "sap.LIKP",
    partition: 15,
    offset: 118n,
    timestampMs: TIME_MS,
    lane: "changes",
    connector: "sap-qlik",
    stage: "contract",
    reason: "contract_violation",
    message: "LFIMG is no decimal",
    fields: [{ path: "/LFIMG", expected: "decimal" }],
    key: Buffer.from("k"),
    value: Buffer.from('{"broken"'),
    headers: { trace: "abc" },
    ...over,
  };
}

const deadLetterPath = (rest = "") => `/api/v1/dead-letters/${ID}${rest}`;
const base64 = (text: string) => Buffer.from(text).toString("base64");
const replays = () => tower.database.outbox.findMany({ where: { topic: REPLAYS_TOPIC } });

describe("rejected records", () => {
  beforeEach(async () => {
    await tower.database.$executeRaw`truncate dead_letter, outbox, audit_entry`;
    await storeRejected(tower.database, [aRejected()]);
  });

  test("one is shown to the letter, with its original bytes", async () => {
    const answer = await call(deadLetter, deadLetterPath());
    expect(answer.json).toEqual({
      id: ID,
      record: { topic: "sap.LIKP", partition: 15, offset: "118", timestamp: "2026-08-19T14:30:01.250Z" },
      lane: "changes",
      connector: "sap-qlik",
      stage: "contract",
      reason: "contract_violation",
      message: "LFIMG is no decimal",
      fields: [{ path: "/LFIMG", expected: "decimal" }],
      key: base64("k"),
      value: base64('{"broken"'),
      headers: { trace: "abc" },
      sizeBytes: 9,
      status: "open",
      attempts: [],
    });
  });

  test("a replay goes to tower.replays with its key, its headers and where it came from, and says who asked", async () => {
    const answer = await call(replay, deadLetterPath("/replay"));
    expect(answer.json).toMatchObject({ status: "replayed", value: base64('{"broken"') });
    expect(answer.json.attempts).toEqual([
      { time: expect.stringMatching(/Z$/), actor: "api-key:bootstrap", action: "replayed" },
    ]);
    const [queued] = await replays();
    expect(queued).toMatchObject({
      targetPartition: 15,
      headers: {
        trace: "abc",
        "wheelhouse.replay.id": ID,
        "wheelhouse.replay.topic": "sap.LIKP",
        "wheelhouse.replay.partition": "15",
        "wheelhouse.replay.offset": "118",
        "wheelhouse.replay.timestamp": String(TIME_MS),
      },
    });
    expect(Buffer.from(queued!.key!).toString()).toBe("k");
    expect(Buffer.from(queued!.value!).toString()).toBe('{"broken"');
  });

  test("a mended record goes in place of the original, which is kept; the trail has both", async () => {
    const body = { value: base64('{"mended":1}'), comment: "a missing brace\nat the end" };
    const answer = await call(replay, deadLetterPath("/replay"), { body });
    expect(answer.json).toMatchObject({ value: base64('{"broken"'), attempts: [{ comment: body.comment }] });
    const [queued] = await replays();
    expect(Buffer.from(queued!.value!).toString()).toBe('{"mended":1}');
    const [entry] = await tower.database.auditEntry.findMany();
    expect(entry).toMatchObject({
      actor: "api-key:bootstrap",
      action: "dead_letter.replay",
      subject: `dead-letter:${ID}`,
      before: { status: "open", value: base64('{"broken"') },
      after: { status: "replayed", comment: body.comment, value: body.value },
    });
  });

  test("of many who settle one at once, one wins; the others are told and change nothing", async () => {
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        n % 2 ? call(replay, deadLetterPath("/replay")) : call(discard, deadLetterPath("/discard")),
      ),
    );
    expect(answers.filter((answer) => answer.status === 200)).toHaveLength(1);
    expect(answers.filter((answer) => answer.status === 409)).toHaveLength(7);
    const [winner] = answers.filter((answer) => answer.status === 200);
    expect(await replays()).toHaveLength(winner!.json.status === "replayed" ? 1 : 0);
    expect(await tower.database.auditEntry.count()).toBe(1);
    expect((await call(deadLetter, deadLetterPath())).json.attempts).toHaveLength(1);
  });

  test("a discarded one sends nothing and keeps why", async () => {
    const answer = await call(discard, deadLetterPath("/discard"), { body: { comment: "a test of theirs" } });
    expect(answer.json).toMatchObject({
      status: "discarded",
      attempts: [{ action: "discarded", comment: "a test of theirs" }],
    });
    expect(await replays()).toEqual([]);
    expect((await call(replay, deadLetterPath("/replay"))).json).toMatchObject({ status: 409, code: "conflict" });
  });

  test("one without key and value can be replayed mended", async () => {
    await storeRejected(tower.database, [aRejected({ offset: 119n, key: null, value: null, reason: "empty_value" })]);
    const path = "/api/v1/dead-letters/sap.LIKP~15~119";
    expect((await call(deadLetter, path)).json).toMatchObject({ key: null, value: null, sizeBytes: 0 });
    expect((await call(replay, `${path}/replay`, { body: { value: base64("{}") } })).status).toBe(200);
    expect((await replays())[0]).toMatchObject({ key: null });
  });

  test("what cannot be found is not found, whatever shape its name has", async () => {
    for (const id of [
      "sap.LIKP~15~117",
      "sap.LIKP~15",
      "nope",
      "a~b~c",
      "sap.LIKP~4294967296~1",
      `t~1~${"9".repeat(19)}`,
    ]) {
      expect((await call(deadLetter, `/api/v1/dead-letters/${id}`)).status, id).toBe(404);
      expect((await call(replay, `/api/v1/dead-letters/${id}/replay`)).status, id).toBe(404);
    }
    expect(await replays()).toEqual([]);
  });

  test("paging by any size shows every one once, newest first, and filters hold on every page", async () => {
    const reasons = ["not_json", "contract_violation"];
    const more = Array.from({ length: 20 }, (_, n) =>
      aRejected({
        topic: n % 3 ? "sap.LIKP" : "sap.LIPS",
        partition: n % 2,
        offset: BigInt(n),
        reason: reasons[n % 2]!,
      }),
    );
    for (const half of [more.slice(0, 13), more.slice(13)]) await storeRejected(tower.database, half);
    const all = (await call(deadLetters, "/api/v1/dead-letters?limit=1000")).json;
    expect(all.items).toHaveLength(21);
    expect(all.nextCursor).toBeNull();
    for (const limit of [1, 4, 7, 21]) expect(await idsByPages(`limit=${limit}`)).toEqual(all.items.map(idOf));
    const some = all.items.filter(
      (each: { reason: string; record: { topic: string } }) =>
        each.reason === "not_json" && each.record.topic === "sap.LIKP",
    );
    expect(some.length).toBeGreaterThan(3);
    expect(await idsByPages("limit=2&reason=not_json&topic=sap.LIKP&status=open")).toEqual(some.map(idOf));
    expect(await idsByPages("status=discarded")).toEqual([]);
  });

  test("a page of heavy records ends early and the next goes on where it ended", async () => {
    const heavy = Array.from({ length: 12 }, (_, n) =>
      aRejected({ offset: BigInt(n), value: Buffer.alloc(1_000_000, 97) }),
    );
    for (const record of heavy) await storeRejected(tower.database, [record]);
    const first = (await call(deadLetters, "/api/v1/dead-letters")).json;
    expect(first.items.length).toBeLessThan(12);
    expect(new Set(await idsByPages("limit=1000")).size).toBe(13);
  });
});

const NO_POSITIONS = { base: "", others: {}, whole: "", written: "", deleted: "0001", gap: "" };
const idOf = (item: { id: string }) => item.id;

async function idsByPages(query: string): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  do {
    const { json } = await call(deadLetters, `/api/v1/dead-letters?${query}${cursor ? `&cursor=${cursor}` : ""}`);
    ids.push(...json.items.map(idOf));
    cursor = json.nextCursor;
  } while (cursor !== null);
  return ids;
}

describe("images of other systems", () => {
  const record = { topic: "sap.LIKP", partition: 3, recordOffset: 9n, recordTimestamp: new Date(TIME_MS) };
  const row = { system: "sap", entity: "LIKP", key: "100|0080012345" };
  const path = `/api/v1/snapshots/sap/LIKP/${encodeURIComponent(row.key)}`;

  beforeAll(async () => {
    await tower.database.cdcSnapshot.create({
      data: {
        ...row,
        image: { VBELN: "0080012345", LFIMG: "480.000" },
        positions: { base: "0001", others: { LFIMG: "0003" }, whole: "0001", written: "0003", deleted: "", gap: "" },
        position: "0003",
        ...record,
      },
    });
    await tower.database.cdcSnapshot.create({
      data: { ...row, key: "a/b %~ü", image: {}, positions: NO_POSITIONS, position: "0001", deleted: true, ...record },
    });
    for (const [position, late] of [
      ["0001", false],
      ["0003", false],
      ["0002", true],
    ] as const)
      await tower.database.cdcChange.create({
        data: {
          ...row,
          position,
          late,
          operation: "update",
          commitTime: new Date(TIME_MS),
          fields: { P: position },
          ...record,
        },
      });
  });

  test("one is found by its key, bars and all, and shown to the letter", async () => {
    expect((await call(snapshot, path)).json).toEqual({
      ...row,
      image: { VBELN: "0080012345", LFIMG: "480.000" },
      deleted: false,
      stale: false,
      position: "0003",
      record: { topic: "sap.LIKP", partition: 3, offset: "9", timestamp: "2026-08-19T14:30:01.250Z" },
      provenance: {
        VBELN: { position: "0001", time: "2026-08-19T14:30:01.250Z", record: expect.objectContaining({ offset: "9" }) },
        LFIMG: { position: "0003", time: "2026-08-19T14:30:01.250Z", record: expect.objectContaining({ offset: "9" }) },
      },
      links: [],
    });
    const odd = await call(snapshot, `/api/v1/snapshots/sap/LIKP/${encodeURIComponent("a/b %~ü")}`);
    expect(odd.json).toMatchObject({ key: "a/b %~ü", deleted: true });
    expect((await call(snapshot, "/api/v1/snapshots/sap/LIKP/none")).status).toBe(404);
  });

  test("its history comes newest arrival first, page by page, and says what came too late", async () => {
    const first = (await call(history, `${path}/history?limit=2`)).json;
    expect(first.items.map((item: { position: string; late: boolean }) => [item.position, item.late])).toEqual([
      ["0002", true],
      ["0003", false],
    ]);
    const second = (await call(history, `${path}/history?limit=2&cursor=${first.nextCursor}`)).json;
    expect(second.items).toMatchObject([{ position: "0001", fields: { P: "0001" }, operation: "update" }]);
    expect(second.nextCursor).toBeNull();
    expect((await call(history, "/api/v1/snapshots/sap/LIKP/none/history")).status).toBe(404);
  });

  test("sites come by id, page by page", async () => {
    for (const id of ["1030", "1010", "1020"])
      await tower.database.site.create({
        data: { id, kind: "plant", name: id, latitude: 41, longitude: -88, ...record },
      });
    const first = (await call(sites, "/api/v1/sites?limit=2")).json;
    const second = (await call(sites, `/api/v1/sites?limit=2&cursor=${first.nextCursor}`)).json;
    expect([...first.items, ...second.items].map(idOf)).toEqual(["1010", "1020", "1030"]);
    expect(first.items[0]).toEqual({
      id: "1010",
      kind: "plant",
      name: "1010",
      latitude: 41,
      longitude: -88,
      timeZone: null,
      radiusM: null,
      edited: [],
      version: 0,
      record: { topic: "sap.LIKP", partition: 3, offset: "9", timestamp: "2026-08-19T14:30:01.250Z" },
    });
    expect(second.nextCursor).toBeNull();
  });
});
