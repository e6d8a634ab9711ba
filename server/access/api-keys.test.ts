import { expect, test } from "vitest";
import { createApiKeys } from "./api-keys.ts";

const KEY = "a-key-of-at-least-thirty-two-letters";
const keysOf = (bootstrapKey: string | undefined) =>
  createApiKeys({
    bootstrapKey,
    known: { load: async () => [], noteUse: async () => {} },
    now: () => 0,
    onFault: () => {},
  });

test("only the very key is known, and without one in the environment none is", () => {
  const { actorOfKey } = keysOf(KEY);
  expect(actorOfKey(KEY)).toMatchObject({ id: "api-key:bootstrap", role: "admin", kind: "api_key" });
  for (const wrong of ["", KEY.slice(1), `${KEY} `, KEY.toUpperCase(), "x".repeat(100_000)])
    expect(actorOfKey(wrong)).toBeNull();
  expect(keysOf(undefined).actorOfKey("")).toBeNull();
  expect(keysOf(undefined).actorOfKey("undefined")).toBeNull();
});

test("what is known of the caller never holds the key", () => {
  expect(JSON.stringify(keysOf(KEY).actorOfKey(KEY))).not.toContain(KEY);
});
