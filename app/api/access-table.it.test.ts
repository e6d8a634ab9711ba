import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Role } from "@/server/contracts/role.ts";
import { call, cookieOf } from "@/server/testing/call.ts";
import { type TestTower, testTower } from "@/server/testing/tower.ts";
import { accessTable } from "./access-table.ts";
import { POST as demoSignIn } from "./demo-sign-in/route.ts";
import { allRoutes } from "./routes.ts";

const DOCUMENT = join(import.meta.dirname, "../../docs/access.md");
const NOBODY_HERE = "01990000-0000-7000-8000-00000000ffff";

let tower: TestTower;
const cookies = new Map<Role, string>();
beforeAll(async () => {
  tower = await testTower({ env: { WHEELHOUSE_SIMULATOR: "on" } });
  await tower.prepareDemoUsers();
  for (const role of Role.options) {
    const answer = await call(demoSignIn, "/api/demo-sign-in", { as: "nobody", body: { role } });
    cookies.set(role, cookieOf(answer));
  }
});
afterAll(() => tower.stop());

test("the documentation's table of who may do what is the one that is enforced", () => {
  expect(readFileSync(DOCUMENT, "utf8")).toContain(accessTable());
});

const addressOf = (path: string) => path.replace("{id}", NOBODY_HERE).replace(/\{\w+\}/g, "x");
const guarded = allRoutes().filter(({ route }) => route.role !== "open");

test.each(guarded.map((handler) => [`${handler.route.method} ${handler.route.path}`, handler] as const))(
  "%s is for its roles and nobody below",
  async (_, handler) => {
    const { path, role: least } = handler.route;
    const nobody = await call(handler, addressOf(path), { as: "nobody" });
    expect(nobody.status).toBe(401);
    for (const role of Role.options) {
      const { status } = await call(handler, addressOf(path), { as: { cookie: cookies.get(role)! } });
      const isAllowed = Role.options.indexOf(role) >= Role.options.indexOf(least as Role);
      // What is allowed may still be refused for what was asked: nothing, of something that is not there.
      expect(status === 403, role).toBe(!isAllowed);
      expect(status, role).not.toBe(401);
    }
  },
);
