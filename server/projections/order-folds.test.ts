import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, Operation } from "../domain/change.ts";
import { crmAccount } from "./crm-account.ts";
import { crmCase } from "./crm-case.ts";
import { crmOrder } from "./crm-order.ts";
import { delivery } from "./delivery.ts";
import { projectChunks, salesforceChange, sapChange } from "./orders-testing.ts";
import { salesOrder } from "./sales-order.ts";
import { shipment } from "./shipment.ts";

const FOLDS = [salesOrder, delivery, shipment, crmOrder, crmAccount, crmCase];

/** Fields a change of each table may set, with the quirks their source has. */
const QUANTITIES = ["0.000", "12.000", "480.000", "12.500-", "1.234,5", "nonsense"];
const DAYS = ["00000000", "20260819", "20260828", "99991231", "20261399"];
const ORDERS = ["0000012345", "0000099999", ""];
const SAP_ROWS: Readonly<
  Record<string, { keys: Record<string, string>[]; fields: Record<string, readonly string[]> }>
> = {
  VBAK: {
    keys: [{ VBELN: "0000012345" }],
    fields: {
      BSTNK: ["4500", " "],
      KUNNR: ["0000001000", "ACME"],
      NETWR: ["1250.00", "1.00"],
      WAERK: ["USD", "JPY", "KWD"],
      VDATU: DAYS,
      ERDAT: DAYS,
      LIFSK: ["", "01"],
      CMGST: ["A", "B", "C"],
      GBSTK: ["A", "C"],
    },
  },
  VBAP: {
    keys: [
      { VBELN: "0000012345", POSNR: "000010" },
      { VBELN: "0000012345", POSNR: "000020" },
    ],
    fields: { MATNR: ["104711", "ABC-1"], KWMENG: QUANTITIES, KBMENG: QUANTITIES, ABGRU: ["", "10"], NETWR: ["5.00"] },
  },
  VBEP: {
    keys: [
      { VBELN: "0000012345", POSNR: "000010", ETENR: "0001" },
      { VBELN: "0000012345", POSNR: "000010", ETENR: "0002" },
      { VBELN: "0000012345", POSNR: "000030", ETENR: "0001" },
    ],
    fields: { EDATU: DAYS, WMENG: QUANTITIES, BMENG: QUANTITIES, LIFSP: ["", "02"] },
  },
  LIKP: {
    keys: [{ VBELN: "0080012345" }],
    fields: {
      LFART: ["LF", "NL", "EL", "LR"],
      KUNNR: ["0000001000"],
      VSTEL: ["1010"],
      WADAT_IST: DAYS,
      PODAT: DAYS,
      KOSTK: ["A", "C"],
      SPE_LOEKZ: ["", "X"],
    },
  },
  LIPS: {
    keys: [
      { VBELN: "0080012345", POSNR: "000010" },
      { VBELN: "0080012345", POSNR: "000020" },
    ],
    fields: { VGBEL: ORDERS, VGPOS: ["000010"], VGTYP: ["C", "V"], LFIMG: QUANTITIES, WERKS: ["1010"] },
  },
  VTTK: {
    keys: [{ TKNUM: "0000700001" }],
    fields: { SIGNI: ["T1", ""], TDLNR: ["0000020000"], DPTBG: DAYS, UPTBG: ["240000", "083000"], DATEN: DAYS },
  },
  VTTS: {
    keys: [
      { TKNUM: "0000700001", TSNUM: "0001" },
      { TKNUM: "0000700001", TSNUM: "0002" },
    ],
    fields: {
      TSRFO: ["0002", "0001"],
      WERKA: ["1010"],
      KUNNZ: ["0000001000"],
      DISTZ: ["120.000"],
      MEDST: ["KM", "MI"],
    },
  },
  VTTP: {
    keys: [{ TKNUM: "0000700001", TPNUM: "0001" }],
    fields: { VBELN: ["0080012345", "0080099999"] },
  },
};
const SALESFORCE_ROWS: Readonly<Record<string, { key: string; fields: Record<string, readonly unknown[]> }>> = {
  Order: {
    key: "801A",
    fields: {
      Status: ["Draft", "Activated", null],
      PoNumber: ["4500"],
      AccountId: ["001A", "001B"],
      TotalAmount: [9.5, "9.50"],
    },
  },
  OrderItem: { key: "802A", fields: { OrderId: ["801A", "801B"], Quantity: [3, 4.5] } },
  Account: { key: "001A", fields: { Name: ["Acme"], AccountNumber: ["0000001000", null] } },
  Case: {
    key: "500A",
    fields: { Subject: ["Where is order 12345?", "-"], AccountId: ["001A"], Status: ["New", "Closed"] },
  },
};

const operation = fc.constantFrom<Operation>("create", "update", "update", "update", "delete", "read", "gap");
const subsetOf = (fields: Record<string, readonly unknown[]>) =>
  fc.record(Object.fromEntries(Object.entries(fields).map(([name, values]) => [name, fc.constantFrom(...values)])), {
    requiredKeys: [],
  });

type MakeChange = (n: number) => Change;
const sapChanges = Object.entries(SAP_ROWS).map(([entity, { keys, fields }]) =>
  fc
    .record({ operation, key: fc.constantFrom(...keys), set: subsetOf(fields) })
    .map(({ operation: what, key, set }): MakeChange => {
      const row = what === "gap" ? key : { ...(set as Record<string, string>), ...key };
      return (n) => sapChange(n, entity, what, row);
    }),
);
const salesforceChanges = Object.entries(SALESFORCE_ROWS).map(([entity, { key, fields }]) =>
  fc.record({ operation, set: subsetOf(fields) }).map(
    ({ operation: what, set }): MakeChange =>
      (n) =>
        salesforceChange(n, entity, what, key, what === "gap" ? {} : set),
  ),
);

const story = fc
  .array(fc.oneof(...sapChanges, ...salesforceChanges), { minLength: 1, maxLength: 40 })
  .map((makers) => makers.map((make, n) => make(n + 1)));

const asItArrives = story.chain((changes) =>
  fc.record({
    changes: fc.constant(changes),
    arrivals: fc.shuffledSubarray([...changes, ...changes], {
      minLength: changes.length * 2,
      maxLength: changes.length * 2,
    }),
    chunkSize: fc.integer({ min: 1, max: 20 }),
  }),
);

function inChunks(changes: readonly Change[], size: number): Change[][] {
  const chunks: Change[][] = [];
  for (let start = 0; start < changes.length; start += size) chunks.push(changes.slice(start, start + size));
  return chunks;
}

const sorted = (objects: ReturnType<typeof projectChunks>) => [...objects].sort(([a], [b]) => (a < b ? -1 : 1));

test("orders, deliveries, shipments and what Salesforce knows of them end the same in any order, repeated and split anyhow", () => {
  fc.assert(
    fc.property(asItArrives, ({ changes, arrivals, chunkSize }) => {
      const whole = projectChunks(FOLDS, [changes]);
      expect(sorted(projectChunks(FOLDS, inChunks(arrivals, chunkSize)))).toEqual(sorted(whole));
    }),
    { numRuns: 200 },
  );
}, 30_000);

test("whatever a row holds, an object has the shape JSON can carry, and its lines are in order", () => {
  fc.assert(
    fc.property(story, (changes) => {
      for (const object of projectChunks(FOLDS, [changes]).values()) {
        expect(JSON.parse(JSON.stringify(object))).toEqual(object);
        if ("lines" in object) {
          const lines = object.lines.map(({ line }) => line);
          expect(lines).toEqual([...lines].sort());
        }
      }
    }),
    { numRuns: 200 },
  );
});
