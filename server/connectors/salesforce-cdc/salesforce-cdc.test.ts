import { expect, test } from "vitest";
import type { Decoded } from "../connector.ts";
import { sampleRecord } from "../sample-record.ts";
import { salesforceCdc } from "./salesforce-cdc.ts";

const sample = (name: string) => new URL(`samples/${name}.json`, import.meta.url);
const decode = (value: URL | string | null) =>
  salesforceCdc.decode(sampleRecord("salesforce.OrderChangeEvent", value), "Order");
const changes = (decoded: Decoded) => {
  if (decoded.kind !== "changes") throw new Error(JSON.stringify(decoded));
  return decoded;
};
const rejection = (decoded: Decoded) => (decoded.kind === "rejected" ? decoded.rejection : decoded);
const event = (header: object, fields: object = {}) =>
  JSON.stringify({ schema: "s", payload: { ChangeEventHeader: header, ...fields }, event: { replayId: 1 } });
const HEADER = {
  entityName: "Order",
  recordIds: ["8015g00000Xk2aAAAB"],
  changeType: "UPDATE",
  commitTimestamp: 1787133601000,
  commitNumber: 10706384729102,
  sequenceNumber: 1,
};

test("an update sets its changed fields only, and a null among them", () => {
  const { changes: found } = changes(decode(sample("order-update")));
  expect(found).toHaveLength(1);
  expect(found[0]).toMatchObject({
    system: "salesforce",
    entity: "Order",
    key: "8015g00000Xk2aAAAB",
    operation: "update",
    position: "001787133601000.00000010706384729102.0000000001",
    commitTimeMs: 1787133601000,
  });
  expect(found[0]!.fields).toEqual({
    Status: "Activated",
    EndDate: "2026-08-28",
    PoNumber: null,
    LastModifiedDate: "2026-08-19T14:40:01.000Z",
  });
});

test("a created record keeps its compound fields and its decimals to the digit", () => {
  const [change] = changes(decode(sample("order-create"))).changes;
  expect(change!.operation).toBe("create");
  expect(change!.fields).toMatchObject({ TotalAmount: "1250.5", ShippingAddress: { Longitude: "-88.0817" } });
  const exact = decode(event(HEADER, { TotalAmount: "AMOUNT" }).replace('"AMOUNT"', "12345678901234567.890"));
  expect(changes(exact).changes[0]!.fields).toEqual({ TotalAmount: "12345678901234567.890" });
});

test("an event merged over several records becomes one change a record, with all 64 bits of its number", () => {
  const { changes: found } = changes(decode(sample("account-merged")));
  expect(found.map(({ entity, key }) => [entity, key])).toEqual([
    ["Account", "0015g00000Yt3bBAAR"],
    ["Account", "0015g00000Yt3bCAAR"],
  ]);
  expect(new Set(found.map(({ position }) => position))).toEqual(
    new Set(["001787133601000.00009007199254740993.0000000002"]),
  );
});

test("positions sort by commit time, commit number and number within the transaction", () => {
  const at = (over: object) => changes(decode(event({ ...HEADER, ...over }))).changes[0]!.position;
  const sorted = [
    at({ commitTimestamp: 999 }),
    at({ commitNumber: 9 }),
    at({ commitNumber: 9, sequenceNumber: 2 }),
    at({ commitNumber: 9, sequenceNumber: 10 }),
    at({ commitNumber: 10 }),
  ];
  expect([...sorted].sort()).toEqual(sorted);
});

test("a gap tells that something was lost, of one record or of all with a prefix; an overflow names nothing", () => {
  expect(changes(decode(sample("order-gap"))).changes).toMatchObject([{ operation: "gap", fields: {} }]);
  const wide = changes(decode(sample("account-wildcard")));
  expect(wide.changes).toEqual([]);
  expect(wide.gaps).toMatchObject([{ entity: "Account", keyPrefix: "001", commitTimeMs: 1787133800000 }]);
  expect(decode(sample("order-overflow")).kind).toBe("ignored");
  const named = decode(event({ ...HEADER, changeType: "GAP_OVERFLOW" }));
  expect(changes(named).changes).toMatchObject([{ operation: "gap", key: "8015g00000Xk2aAAAB" }]);
});

test("deletes, lost deletes and undeletes are what they mean for the row", () => {
  const operation = (changeType: string) => changes(decode(event({ ...HEADER, changeType }))).changes[0]!.operation;
  expect(changes(decode(sample("order-delete"))).changes[0]!.operation).toBe("delete");
  expect(["GAP_DELETE", "UNDELETE", "GAP_UNDELETE"].map(operation)).toEqual(["delete", "create", "gap"]);
});

test("a broken header names every failing field", () => {
  const broken = { ...HEADER, entityName: "", changeType: "CHANGE", commitTimestamp: "soon", commitNumber: 1.5 };
  expect(rejection(decode(event(broken)))).toMatchObject({
    stage: "contract",
    reason: "contract_violation",
    fields: [
      { path: "/payload/ChangeEventHeader/entityName", expected: "the API name of an object" },
      { path: "/payload/ChangeEventHeader/changeType", expected: expect.stringContaining("GAP_UPDATE") },
      { path: "/payload/ChangeEventHeader/commitTimestamp", expected: "a whole number of at most 15 digits" },
      { path: "/payload/ChangeEventHeader/commitNumber", expected: "a whole number of at most 20 digits" },
    ],
  });
});

test.each([[[]], [undefined], [["8015g; drop"]], [[42]]])(
  "an event that names no records is a missing key: %j",
  (ids) => {
    expect(rejection(decode(event({ ...HEADER, recordIds: ids })))).toMatchObject({
      reason: "missing_key",
      fields: [
        { path: "/payload/ChangeEventHeader/recordIds", expected: "record ids of letters and digits, at least one" },
      ],
    });
  },
);

test("anything but a change event is an unknown envelope; a tombstone is ignored", () => {
  expect(rejection(decode('{"Id":"8015g00000Xk2aAAAB"}'))).toMatchObject({ reason: "unknown_envelope" });
  expect(rejection(decode('{"payload":[]}'))).toMatchObject({ reason: "unknown_envelope" });
  expect(decode(null).kind).toBe("ignored");
});
