import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as demoSignIn } from "@/app/api/demo-sign-in/route.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { PUT as changeNote } from "../handover-notes/[id]/route.ts";
import { POST as addNote, GET as notes } from "../handover-notes/route.ts";
import { GET as search } from "../search/route.ts";
import { PUT as changeView, DELETE as removeView } from "./[id]/route.ts";
import { POST as addView, GET as views } from "./route.ts";

let tower: TestTower;
let planner: { cookie: string };
let manager: { cookie: string };
beforeAll(async () => {
  tower = await testTower({ env: { WHEELHOUSE_SIMULATOR: "on" } });
  await tower.prepareDemoUsers();
  const enter = async (role: string) => ({
    cookie: cookieOf(await call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role } })),
  });
  [planner, manager] = [await enter("planner"), await enter("manager")];
});
afterAll(() => tower.stop());

const VIEW = { page: "orders", name: "Late to Ohio", query: "risk=late&q=OH", isShared: false };
const viewsOf = async (as: { cookie: string }) =>
  ((await call(views, "/api/v1/views?page=orders", { as })).json.items as { name: string; isOwn: boolean }[]).map(
    ({ name, isOwn }) => `${name} ${isOwn}`,
  );

test("a view belongs to who kept it, until it is shared, and only they may change it", async () => {
  const { json: view } = await call(addView, "/api/v1/views", { as: planner, body: VIEW });
  expect([await viewsOf(planner), await viewsOf(manager)]).toEqual([["Late to Ohio true"], []]);
  expect((await call(addView, "/api/v1/views", { as: planner, body: VIEW })).status).toBe(409);
  const shared = { ...VIEW, isShared: true, version: view.version };
  expect((await call(changeView, `/api/v1/views/${view.id}`, { as: manager, body: shared })).status).toBe(404);
  expect((await call(changeView, `/api/v1/views/${view.id}`, { as: planner, body: shared })).json.version).toBe(2);
  expect((await call(changeView, `/api/v1/views/${view.id}`, { as: planner, body: shared })).status).toBe(409);
  expect(await viewsOf(manager)).toEqual(["Late to Ohio false"]);
  expect((await call(removeView, `/api/v1/views/${view.id}`, { as: manager })).status).toBe(404);
  expect((await call(removeView, `/api/v1/views/${view.id}`, { as: planner })).json).toMatchObject({
    query: VIEW.query,
  });
  expect(await viewsOf(manager)).toEqual([]);
});

test("a view holds a query and nothing that leads elsewhere", async () => {
  for (const query of ["https://elsewhere.example/#x", 'q="<script>', "q=a b"])
    expect((await call(addView, "/api/v1/views", { as: planner, body: { ...VIEW, query } })).status, query).toBe(400);
});

test("a note reaches the next shift, is corrected by its author alone, and leads only into this tower", async () => {
  const note = {
    body: "Dock 4 in Joliet is shut until noon.",
    links: [{ path: "/inventory?site=1010", title: "Joliet" }],
  };
  const added = await call(addNote, "/api/v1/handover-notes", { as: planner, body: note });
  expect((await call(notes, "/api/v1/handover-notes", { as: manager })).json.items).toMatchObject([
    { ...note, author: "Demo planner", isOwn: false, version: 1 },
  ]);
  const body = { ...note, body: "Dock 4 is open again.", version: 1 };
  const address = `/api/v1/handover-notes/${added.json.id}`;
  expect((await call(changeNote, address, { as: manager, body })).status).toBe(403);
  expect((await call(changeNote, address, { as: planner, body })).json).toMatchObject({ version: 2, body: body.body });
  expect((await call(changeNote, address, { as: planner, body })).status).toBe(409);
  for (const path of [
    "//elsewhere.example",
    "https://elsewhere.example",
    "javascript:alert(1)",
    "/\\elsewhere.example",
  ]) {
    const links = [{ path, title: "x" }];
    expect((await call(addNote, "/api/v1/handover-notes", { as: planner, body: { ...note, links } })).status).toBe(400);
  }
});

test("what was typed finds vehicles, documents and sites, each with where it is shown", async () => {
  await tower.database.site.create({ data: { id: "1010", kind: "plant", name: "Joliet" } });
  await tower.database.searchTerm.createMany({
    data: [
      { term: "12345", kind: "sales_order", id: "sap:100:0000012345", title: "Order 12345" },
      { term: "t-wrap", kind: "material", id: "sap:100:0000T-WRAP", title: "T-WRAP · Pallet wrap" },
    ],
  });
  const found = async (q: string) =>
    ((await call(search, `/api/v1/search?q=${q}`, { as: planner })).json.items as { kind: string; path: string }[]).map(
      ({ kind, path }) => `${kind} ${path}`,
    );
  expect(await found("123")).toEqual(["order /orders?order=sap%3A100%3A0000012345"]);
  expect(await found("jol")).toEqual(["site /inventory?site=1010"]);
  expect(await found("t")).toEqual([
    "vehicle /fleet?vehicle=T1",
    "vehicle /fleet?vehicle=T2",
    "material /inventory?q=T-WRAP",
    "site /inventory?site=1010",
  ]);
  expect((await call(search, "/api/v1/search?q=1", { as: "nobody" })).status).toBe(401);
});
