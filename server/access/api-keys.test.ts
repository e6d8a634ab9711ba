import { expect, test } from "vitest";
import { createApiKeys } from "./api-keys.ts";

const KEY = "a-key-of-at-least-thirty-two-letters";

test("only the very key is known, and without one in the environment none is", () => {
  const actorOfKey = createApiKeys(KEY);
  expect(actorOfKey(KEY)).toMatchObject({ id: "api-key:bootstrap", role: "admin", kind: "api_key" });
  for (const wrong of ["", KEY.slice(1), `${KEY} `, KEY.toUpperCase(), "x".repeat(100_000)])
    expect(actorOfKey(wrong)).toBeNull();
  expect(createApiKeys(undefined)("")).toBeNull();
  expect(createApiKeys(undefined)("undefined")).toBeNull();
});

test("what is known of the caller never holds the key", () => {
  expect(JSON.stringify(createApiKeys(KEY)(KEY))).not.toContain(KEY);
});
