import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { sampleRecord } from "../sample-record.ts";
import { siteRecords } from "./site-records.ts";

const sample = (name: string) => new URL(`samples/${name}.json`, import.meta.url);
const decode = (value: URL | string | null, key: string | null = "1010") =>
  siteRecords.decode(sampleRecord("master.sites", value, { key: key === null ? null : Buffer.from(key) }), "site");

test("a site is a change of the whole row, ordered by its place in the log", () => {
  const decoded = decode(sample("site"));
  if (decoded.kind !== "changes") throw new Error(decoded.kind);
  const [change] = decoded.changes;
  expect(change).toMatchObject({
    system: "master",
    entity: "site",
    key: "1010",
    operation: "read",
    position: "00000000000000000118",
  });
  expect(change!.fields).toEqual({
    schema: "site.v1",
    siteId: "1010",
    kind: "plant",
    name: "Joliet",
    latitude: "41.5",
    longitude: "-88.1",
    timeZone: "America/Chicago",
    radiusM: 500,
  });
});

test("a site behind a byte order mark is read as without", () => {
  const text = readFileSync(sample("site"), "utf8");
  expect(decode(`\ufeff${text}`)).toEqual(decode(text));
});

test("a tombstone deletes the site its key names, and without a key says nothing", () => {
  expect(decode(null)).toMatchObject({ kind: "changes", changes: [{ key: "1010", operation: "delete" }] });
  expect(decode(null, null).kind).toBe("ignored");
});

test("a site without a place on earth names the fields that fail", () => {
  expect(decode(sample("site-without-place"))).toMatchObject({
    kind: "rejected",
    rejection: {
      stage: "contract",
      reason: "contract_violation",
      fields: [
        { path: "/latitude", expected: "number, received string" },
        { path: "/longitude", expected: "number, received undefined" },
      ],
    },
  });
});

test.each([
  ["not_json", "{"],
  ["empty_value", ""],
  ["unknown_envelope", "7"],
])("bytes that cannot be read are rejected in decoding: %s", (reason, value) => {
  expect(decode(value)).toMatchObject({ kind: "rejected", rejection: { stage: "decode", reason } });
});
