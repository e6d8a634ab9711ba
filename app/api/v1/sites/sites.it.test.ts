import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { POST as demoSignIn } from "@/app/api/demo-sign-in/route.ts";
import { createLineFences } from "@/server/store/fences.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { PUT as changeFence, DELETE as removeFence } from "../fences/[id]/route.ts";
import { POST as createFence, GET as fences } from "../fences/route.ts";
import { PATCH as editSite, GET as site } from "./[id]/route.ts";
import { GET as exportCsv } from "./export.csv/route.ts";
import { POST as importCsv } from "./import/route.ts";
import { POST as createSite, GET as sites } from "./route.ts";

const RECORD = { topic: "master.sites", partition: 0, recordOffset: 9n, recordTimestamp: new Date(0) };
const ACTOR = "api-key:bootstrap";

let tower: TestTower;
let planner: { cookie: string };
let moved = 0;
beforeAll(async () => {
  const env = { WHEELHOUSE_SIMULATOR: "on" } as const;
  const fencesChanged = () => {
    moved += 1;
  };
  tower = await testTower({ env, fencesChanged });
  await tower.prepareDemoUsers();
  planner = {
    cookie: cookieOf(await call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role: "planner" } })),
  };
});
afterAll(() => tower.stop());

beforeEach(async () => {
  await tower.database.$executeRaw`truncate site, site_edit, fence, audit_entry`;
  await tower.database.site.createMany({
    data: [
      { id: "1010", kind: "plant", name: "Joliet", latitude: 41.5, longitude: -88.1, radiusM: 800, ...RECORD },
      { id: "2000", kind: "plant", name: "2000" },
    ],
  });
  moved = 0;
});

const patch = (id: string, body: object) => call(editSite, `/api/v1/sites/${id}`, { body });
const read = async (id: string) => (await call(site, `/api/v1/sites/${id}`)).json;
const trail = async () =>
  (await tower.database.auditEntry.findMany({ orderBy: { id: "asc" } })).map(
    ({ actor, action, subject, before, after }) => ({
      ...{ actor, action, subject, before, after },
    }),
  );
const lineFences = () => createLineFences(tower.database)();

describe("a site", () => {
  test("that a reference alone names has no place; it gets one from an admin, with version, mark and trail", async () => {
    expect(await read("2000")).toEqual({
      ...{ id: "2000", kind: "plant", name: "2000", latitude: null, longitude: null, timeZone: null, radiusM: null },
      ...{ edited: [], version: 0, record: null },
    });
    const place = { latitude: 40.1, longitude: -80.2 };
    const answer = await patch("2000", { version: 0, place, timeZone: "America/New_York" });
    expect(answer.json).toMatchObject({ ...place, edited: ["place", "timeZone"], version: 1, record: null });
    expect(await read("2000")).toEqual(answer.json);
    expect(await trail()).toEqual([
      {
        actor: ACTOR,
        action: "site.edit",
        subject: "site:2000",
        before: { latitude: null, longitude: null, timeZone: null, edited: [] },
        after: { ...place, timeZone: "America/New_York", edited: ["place", "timeZone"] },
      },
    ]);
    expect(moved).toBe(1);
  });

  test("keeps the edit over what its source says later, and goes back to the source when the edit is taken away", async () => {
    await patch("1010", { version: 0, name: "Joliet north", radiusM: 300 });
    await tower.database.site.update({ where: { id: "1010" }, data: { name: "JOLIET", latitude: 41.6 } });
    expect(await read("1010")).toMatchObject({ name: "Joliet north", latitude: 41.6, radiusM: 300 });
    const back = await patch("1010", { version: 1, name: null });
    expect(back.json).toMatchObject({ name: "JOLIET", radiusM: 300, edited: ["radius"], version: 2 });
  });

  test("edited by many at once is edited by one; the others are told and change nothing", async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => patch("1010", { version: 0, name: `Number ${n}` })));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await read("1010")).version).toBe(1);
    expect(await trail()).toHaveLength(1);
  });

  test("is refused what is no place, zone or radius, each with its field", async () => {
    const fields = async (body: object) => {
      const { status, json } = await patch("1010", { version: 0, ...body });
      return [status, ...json.errors.map((error: { path: string }) => error.path)];
    };
    expect(await fields({ place: { latitude: 91, longitude: 0 } })).toEqual([400, "/place/latitude"]);
    expect(await fields({ timeZone: "Mars/Olympus" })).toEqual([400, "/timeZone"]);
    expect(await fields({ timeZone: "+05:00" })).toEqual([400, "/timeZone"]);
    expect(await fields({ radiusM: 5 })).toEqual([400, "/radiusM"]);
    expect(await fields({ name: "a\u0000b" })).toEqual([400, "/name"]);
    expect(await fields({ name: " " })).toEqual([400, "/name"]);
    expect(await fields({ kind: "yard" })).toEqual([400, "/kind"]);
    expect((await patch("9999", { version: 0 })).status).toBe(404);
    expect(await trail()).toEqual([]);
  });

  test("of one's own is made once, and what was set stays over a source that names it later", async () => {
    const body = { id: "9001", kind: "yard", name: "Elwood", place: { latitude: 41.4, longitude: -88.1 } };
    const made = await call(createSite, "/api/v1/sites", { body });
    expect(made.json).toMatchObject({ id: "9001", latitude: 41.4, edited: ["place"], version: 1, record: null });
    expect((await call(createSite, "/api/v1/sites", { body })).status).toBe(409);
    expect((await trail()).map(({ action, subject }) => [action, subject])).toEqual([["site.create", "site:9001"]]);
  });

  test("may be read by a planner, and changed by an admin only", async () => {
    const square = { kind: "circle", latitude: 1, longitude: 1, radiusM: 50 };
    const made = await call(createFence, "/api/v1/fences", { body: { name: "Yard", shape: square } });
    const fence = `/api/v1/fences/${made.json.id}`;
    expect((await call(sites, "/api/v1/sites", { as: planner })).status).toBe(200);
    expect((await call(fences, "/api/v1/fences", { as: planner })).json.items).toEqual([made.json]);
    expect((await call(exportCsv, "/api/v1/sites/export.csv", { as: planner })).status).toBe(200);
    const refused = [
      await call(editSite, "/api/v1/sites/1010", { as: planner, body: { version: 0, name: "Mine" } }),
      await call(createSite, "/api/v1/sites", { as: planner, body: { id: "1", kind: "yard", name: "Mine" } }),
      await call(importCsv, "/api/v1/sites/import?dryRun=true", { as: planner, ...file("site_id\n1010\n") }),
      await call(createFence, "/api/v1/fences", { as: planner, body: { name: "Mine", shape: square } }),
      await call(changeFence, fence, { as: planner, body: { version: 1, name: "Mine", shape: square } }),
      await call(removeFence, fence, { as: planner, body: { version: 1 } }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403]);
    expect(await trail()).toHaveLength(1);
  });
});

describe("a fence", () => {
  const points = [
    { latitude: 41.5, longitude: -88.1 },
    { latitude: 41.5, longitude: -88.09 },
    { latitude: 41.51, longitude: -88.09 },
  ];
  const polygon = { kind: "polygon", points };
  const circle = { kind: "circle", latitude: 41, longitude: -88, radiusM: 250 };
  const draw = (body: object) => call(createFence, "/api/v1/fences", { body });

  test("drawn for a site replaces its circle for the telemetry line, once; taken away, the circle is back", async () => {
    expect(await lineFences()).toEqual([
      { id: "1010", shape: { kind: "circle", latitude: 41.5, longitude: -88.1, radiusM: 800 } },
    ]);
    const made = await draw({ name: "Joliet", shape: polygon, siteId: "1010" });
    expect(made.json).toMatchObject({ name: "Joliet", siteId: "1010", shape: polygon, version: 1 });
    expect((await draw({ name: "Again", shape: circle, siteId: "1010" })).status).toBe(409);
    expect(await lineFences()).toEqual([{ id: "1010", shape: polygon }]);
    expect((await read("1010")).edited).toEqual(["fence"]);
    const path = `/api/v1/fences/${made.json.id}`;
    expect((await call(removeFence, path, { body: { version: 1 } })).json).toEqual(made.json);
    expect((await call(removeFence, path, { body: { version: 1 } })).status).toBe(404);
    expect((await lineFences())[0]?.shape.kind).toBe("circle");
    expect((await draw({ name: "Joliet", shape: polygon, siteId: "1010" })).status, "undone").toBe(200);
    expect((await trail()).map(({ action, subject }) => [action, subject])).toEqual([
      ["fence.create", "site:1010"],
      ["fence.remove", "site:1010"],
      ["fence.create", "site:1010"],
    ]);
    expect(moved).toBe(3);
  });

  test("of one's own is a fence of the telemetry line under its own name, and is drawn anew by version", async () => {
    const { json: made } = await draw({ name: "Yard", shape: circle });
    expect(await lineFences()).toContainEqual({ id: `fence:${made.id}`, shape: circle });
    const change = { name: "Yard 2", shape: polygon };
    const path = `/api/v1/fences/${made.id}`;
    expect((await call(changeFence, path, { body: { version: 1, ...change } })).json).toMatchObject({
      ...change,
      version: 2,
    });
    expect((await call(changeFence, path, { body: { version: 1, ...change } })).status).toBe(409);
    expect(await lineFences()).toContainEqual({ id: `fence:${made.id}`, shape: polygon });
    expect((await trail())[1]).toMatchObject({
      action: "fence.change",
      subject: `fence:${made.id}`,
      before: { name: "Yard", shape: circle },
      after: change,
    });
  });

  test("that crosses itself, is too small or belongs to nobody is refused with its field", async () => {
    const crossed = { kind: "polygon", points: [...points, { latitude: 41.505, longitude: -88.2 }, points[1]!] };
    const refused = async (body: object) => {
      const { status, json } = await draw({ name: "Yard", ...body });
      return [status, json.errors[0]?.path];
    };
    expect(await refused({ shape: crossed })).toEqual([400, expect.stringMatching(/^\/shape\/points\/\d$/)]);
    expect(await refused({ shape: { ...polygon, points: points.slice(0, 2) } })).toEqual([400, "/shape/points"]);
    expect(await refused({ shape: { ...circle, radiusM: 1 } })).toEqual([400, "/shape/radiusM"]);
    expect(await refused({ shape: circle, siteId: "9999" })).toEqual([422, "/siteId"]);
    expect(await trail()).toEqual([]);
  });
});

const file = (text: string) => ({ body: text, headers: { "content-type": "text/csv" } });

describe("an import", () => {
  const HEAD = "site_id,kind,name,latitude,longitude,time_zone,radius_m";
  const FILE = `${HEAD}
1010,plant,Joliet,41.5,-88.1,,800
2000,plant,Toledo,41.6,-83.5,America/New_York,
9001,yard,Elwood,41.4,-88.1,,
9002,shop,Corner,1,1,,
2000,,Again,,,,
`;
  const send = (query: string, text = FILE) => call(importCsv, `/api/v1/sites/import${query}`, file(text));

  test("first says line by line what it would do, and does none of it", async () => {
    const { json } = await send("?dryRun=true");
    expect(json).toMatchObject({ dryRun: true, counts: { added: 1, changed: 1, unchanged: 1, refused: 2 } });
    expect(json.lines.map(({ line, siteId, outcome }: Record<string, unknown>) => [line, siteId, outcome])).toEqual([
      [2, "1010", "unchanged"],
      [3, "2000", "changed"],
      [4, "9001", "added"],
      [5, "9002", "refused"],
      [6, "2000", "refused"],
    ]);
    expect(json.lines[3].errors[0].column).toBe("kind");
    expect([await trail(), (await read("2000")).latitude, moved]).toEqual([[], null, 0]);
  });

  test("then takes over the good lines, each with its own entry in the trail, under one entry for all", async () => {
    const { json: dry } = await send("?dryRun=true");
    const { json } = await send(`?fingerprint=${dry.fingerprint}`);
    expect(json).toEqual({ ...dry, dryRun: false });
    expect(await read("2000")).toMatchObject({ name: "Toledo", latitude: 41.6, timeZone: "America/New_York" });
    expect(await read("9001")).toMatchObject({ kind: "yard", name: "Elwood", longitude: -88.1 });
    expect((await call(site, "/api/v1/sites/9002")).status).toBe(404);
    const entries = await trail();
    expect(entries.map(({ action, subject }) => [action, subject])).toEqual([
      ["site.import", `import:${dry.fingerprint}`],
      ["site.edit", "site:2000"],
      ["site.create", "site:9001"],
    ]);
    expect(entries[0]?.after).toEqual({ added: 1, changed: 1, unchanged: 1, refused: 2 });
    expect(entries[1]).toMatchObject({
      before: { name: "2000", latitude: null },
      after: { name: "Toledo", latitude: "41.6", importedBy: `import:${dry.fingerprint}` },
    });
    expect((await send("")).json.counts, "again").toEqual({ added: 0, changed: 0, unchanged: 3, refused: 2 });
  });

  test("is refused when the sites have changed since the dry run, and changes nothing", async () => {
    const { json: dry } = await send("?dryRun=true");
    await patch("2000", { version: 0, name: "Somebody's" });
    expect((await send(`?fingerprint=${dry.fingerprint}`)).status).toBe(409);
    expect((await call(site, "/api/v1/sites/9001")).status).toBe(404);
    expect(await trail()).toHaveLength(1);
  });

  test("of what an export wrote changes nothing, formulas and small numbers included", async () => {
    await patch("1010", { version: 0, name: "=1+1", place: { latitude: 0.00000012, longitude: -88.12345678901234 } });
    const csv = await call(exportCsv, "/api/v1/sites/export.csv");
    expect(csv.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(csv.text.split("\n").slice(0, 2)).toEqual([HEAD, "1010,plant,'=1+1,0.00000012,-88.12345678901234,,800"]);
    expect((await send("?dryRun=true", csv.text)).json.counts).toEqual({
      added: 0,
      changed: 0,
      unchanged: 2,
      refused: 0,
    });
  });

  test("of twenty thousand lines is stored whole", async () => {
    const lines = Array.from(
      { length: 20_000 },
      (_, n) => `S${n},customer,Customer ${n},40.${n},-80.${n},America/Chicago,150`,
    );
    const { status, json } = await send("", [HEAD, ...lines].join("\n"));
    expect([status, json.counts?.added]).toEqual([200, 20_000]);
    expect(await tower.database.auditEntry.count()).toBe(20_001);
    expect(await lineFences()).toHaveLength(20_001);
  });

  test("of something else is refused: no file, no CSV, too much", async () => {
    expect((await send("?dryRun=true", "\ufeff")).status).toBe(400);
    expect((await call(importCsv, "/api/v1/sites/import", { body: {} })).status).toBe(415);
    expect((await send("?dryRun=yes")).status).toBe(400);
    expect((await send("", `site_id\n${"x".repeat(2 * 1_024 * 1_024)}`)).status).toBe(413);
  });
});
