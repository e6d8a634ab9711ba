import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { setTower, type Tower } from "@/server/services/tower.ts";
import { route } from "./define-route.ts";
import { otherMethods } from "./other-methods.ts";

const made = (method: "GET" | "POST") =>
  route({ method, path: "/api/x", summary: "", role: "open", answer: z.any(), run: async () => ({}) });

afterEach(() => setTower(undefined));

test.each([
  ["GET", "GET, HEAD"],
  ["POST", "POST"],
] as const)("a route of %s refuses every other method with a problem that names its own", async (method, allow) => {
  setTower({ isSecure: false } as Tower);
  for (const refused of Object.values(otherMethods(made(method)))) {
    const answer = await refused();
    expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
    expect(answer.headers.get("content-type")).toBe("application/problem+json");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
    expect(await answer.json()).toMatchObject({ status: 405, code: "method_not_allowed" });
  }
});
