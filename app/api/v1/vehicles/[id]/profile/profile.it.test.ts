import { afterAll, beforeAll, expect, test } from "vitest";
import { POST as demoSignIn } from "@/app/api/demo-sign-in/route.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { GET as vehicles } from "../../route.ts";
import { GET as vehicle } from "../route.ts";
import { GET as profile, PUT as save } from "./route.ts";

let tower: TestTower;
let planner: { cookie: string };
beforeAll(async () => {
  tower = await testTower({ env: { WHEELHOUSE_SIMULATOR: "on" } });
  await tower.prepareDemoUsers();
  planner = {
    cookie: cookieOf(await call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role: "planner" } })),
  };
});
afterAll(() => tower.stop());

const PATH = "/api/v1/vehicles/T1/profile";
const NOTHING = {
  ...{ driverName: null, driverPhone: null, carrierName: null, carrierPhone: null },
  ...{ outOfService: false, outOfServiceReason: null, version: 0 },
};
const put = (body: object, path = PATH) => call(save, path, { as: planner, body: { ...NOTHING, ...body } });

test("a planner writes down who drives and that a vehicle is out of service; vehicle and list tell it, the trail keeps it", async () => {
  expect((await call(profile, PATH, { as: planner })).json).toEqual(NOTHING);
  expect((await call(vehicle, "/api/v1/vehicles/T1")).json.profile).toBeNull();
  const said = {
    driverName: "Dana Driver",
    driverPhone: "+1 (312) 555-0142",
    outOfService: true,
    outOfServiceReason: "Brakes",
  };
  const answer = await put(said);
  expect(answer.json).toEqual({ ...NOTHING, ...said, version: 1 });
  expect((await call(vehicle, "/api/v1/vehicles/T1")).json.profile).toEqual(answer.json);
  const { items } = (await call(vehicles, "/api/v1/vehicles")).json;
  expect(items.map((item: { profile: unknown }) => item.profile)).toEqual([answer.json, null]);
  const [entry] = await tower.database.auditEntry.findMany({ where: { subject: "vehicle:T1" } });
  expect(entry).toMatchObject({
    action: "vehicle_profile.save",
    before: { driverName: null, driverPhone: null, outOfService: false, outOfServiceReason: null },
    after: said,
  });
  expect(entry?.actor).toMatch(/^user:/);
});

test("of many who save at once one wins, also when nobody had saved before", async () => {
  const path = "/api/v1/vehicles/T2/profile";
  const answers = await Promise.all(["A", "B", "C"].map((driverName) => put({ driverName }, path)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
  expect((await call(profile, path)).json.version).toBe(1);
});

test("a phone that cannot be dialled, a missing reason and an unknown vehicle are refused", async () => {
  const refused = async (body: object) => {
    const { status, json } = await put({ version: 1, ...body });
    return [status, json.errors[0]?.path];
  };
  expect(await refused({ driverPhone: "call me" })).toEqual([400, "/driverPhone"]);
  expect(await refused({ carrierPhone: "javascript:1234" })).toEqual([400, "/carrierPhone"]);
  expect(await refused({ outOfService: true })).toEqual([400, "/outOfServiceReason"]);
  expect(await refused({ outOfServiceReason: "Brakes" })).toEqual([400, "/outOfServiceReason"]);
  expect((await put({}, "/api/v1/vehicles/T9/profile")).status).toBe(404);
});
