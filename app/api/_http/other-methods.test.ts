import { afterEach, expect, test } from "vitest";
import { z } from "zod";
import { setTower, type Tower } from "@/server/services/tower.ts";
import { type Method, type RouteHandler, route } from "./define-route.ts";
import { otherMethods } from "./other-methods.ts";

const made = (method: Method) =>
  route({ method, path: "/api/x", summary: "", role: "open", answer: z.any(), run: async () => ({}) });

afterEach(() => setTower(undefined));

test.each([
  [["GET"], "GET, HEAD"],
  [["POST"], "POST"],
  [["GET", "PUT", "DELETE"], "GET, HEAD, PUT, DELETE"],
] as const)(
  "an address with %s refuses every other method with a problem that names its own",
  async (methods, allow) => {
    setTower({ isSecure: false } as Tower);
    const [first, ...others] = methods.map(made) as [RouteHandler, ...RouteHandler[]];
    for (const refused of Object.values(otherMethods(first, ...others))) {
      const answer = await refused();
      expect([answer.status, answer.headers.get("allow")]).toEqual([405, allow]);
      expect(answer.headers.get("content-type")).toBe("application/problem+json");
      expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
      expect(await answer.json()).toMatchObject({ status: 405, code: "method_not_allowed" });
    }
  },
);
