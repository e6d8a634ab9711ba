import fc from "fast-check";
import { expect, test } from "vitest";
import { customer } from "./customer.ts";
import { material } from "./material.ts";
import { projectChunks, sapChange } from "./orders-testing.ts";
import { purchaseOrder } from "./purchase-order.ts";
import { inPortions } from "./stock-testing.ts";
import { aRow } from "./testing.ts";

const ID = "sap:100:000000000000104711";
const ORDER = "sap:100:4500000001";
const row = (entity: string, fields: Record<string, string>, deleted = false) =>
  aRow(entity, { MANDT: "100", MATNR: "104711", EBELN: "4500000001", ...fields }, { deleted });
const orderOf = (...rows: ReturnType<typeof row>[]) => purchaseOrder.fold(ORDER, rows)!;

test("a material has its English name, its weight in kilograms and its plans by plant", () => {
  const rows = [
    row("MAKT", { SPRAS: "D", MAKTX: "Wickelfolie" }),
    row("MAKT", { SPRAS: "E", MAKTX: "Pallet wrap" }),
    row("MARA", { MEINS: "ROL", MATKL: "PACK", BRGEW: "500.000", GEWEI: "G" }),
    row("MARC", { WERKS: "2020", EISBE: "12.000", PLIFZ: "7" }),
    row("MARC", { WERKS: "1010", LVORM: "X" }),
  ];
  expect(material.linksOf(rows[0]!)).toEqual([ID]);
  const found = material.fold(ID, rows)!;
  expect(found).toMatchObject({
    display: "104711",
    text: "Pallet wrap",
    unit: "ROL",
    grossWeightKg: 0.5,
    isStub: false,
  });
  expect(found.sites).toEqual([
    { site: "2020", safetyStock: "12.000", reorderPoint: null, maximumStock: null, plannedDeliveryDays: 7 },
  ]);
  expect(material.termsOf(found).map(({ term }) => term)).toEqual(["104711", found.material, "Pallet wrap", "wrap"]);
  expect(material.fold(ID, rows.slice(0, 1))).toMatchObject({ isStub: true, text: "Wickelfolie", unit: null });
});

test("a customer that a deleted row tells is deleted, and one that orders name alone has nothing but its number", () => {
  const own = aRow("KNA1", { MANDT: "100", KUNNR: "0000001000", NAME1: "Acme", AUFSD: "01" }, { deleted: true });
  expect(customer.fold("sap:100:0000001000", [own])).toMatchObject({ isDeleted: true, name: "Acme", orderBlock: "01" });
  const named = aRow("VBAK", { MANDT: "100", KUNNR: "1000", NAME1: "not its name" });
  expect(customer.linksOf(named)).toEqual(["sap:100:0000001000"]);
  expect(customer.fold("sap:100:0000001000", [named])).toMatchObject({ isStub: true, number: "1000", name: null });
});

test("a purchase order sums what has come by its schedule lines, and is closed when nothing more will", () => {
  const rows = [
    row("EKKO", { LIFNR: "0000020000", WAERS: "JPY", AEDAT: "20260801" }),
    row("EKPO", { EBELP: "00010", MENGE: "10.000", NETPR: "5.00", PEINH: "100", WERKS: "1010" }),
    row("EKET", { EBELP: "00010", ETENR: "0002", MENGE: "4.000", WEMNG: "0.000", EINDT: "20260901" }),
    row("EKET", { EBELP: "00010", ETENR: "0001", MENGE: "6.000", WEMNG: "6.000", EINDT: "20260820" }),
  ];
  const order = orderOf(...rows);
  expect(order).toMatchObject({ supplier: "20000", createdAt: { day: "2026-08-01" }, isClosed: false });
  expect(order.lines).toMatchObject([{ received: "6", price: { amount: "5", currency: "JPY" }, site: "1010" }]);
  expect(order.lines[0]!.schedule.map(({ day }) => day)).toEqual(["2026-08-20", "2026-09-01"]);
  expect(orderOf(rows[0]!, row("EKPO", { EBELP: "00010", MENGE: "10.000", ELIKZ: "X" })).isClosed).toBe(true);
});

test("an order whose rows are deleted after all has come was archived; one deleted before is deleted", () => {
  const rows = (WEMNG: string) => [
    row("EKKO", { LIFNR: "0000020000" }, true),
    row("EKPO", { EBELP: "00010", MENGE: "10.000" }, true),
    row("EKET", { EBELP: "00010", ETENR: "0001", MENGE: "10.000", WEMNG }, true),
  ];
  expect(orderOf(...rows("10.000"))).toMatchObject({ isDeleted: false, isClosed: true, lines: [{ isDeleted: false }] });
  expect(orderOf(...rows("0.000"))).toMatchObject({ isDeleted: true, isClosed: true, lines: [{ isDeleted: true }] });
});

test("materials, customers and purchase orders end the same in any order, repeated and split anyhow", () => {
  const tables = {
    MARA: [
      { MATNR: "104711", MEINS: "EA" },
      { MATNR: "104711", LVORM: "X" },
    ],
    MAKT: [
      { MATNR: "104711", SPRAS: "E", MAKTX: "Wrap" },
      { MATNR: "104711", SPRAS: "D", MAKTX: "Folie" },
    ],
    MARC: [
      { MATNR: "104711", WERKS: "1010", EISBE: "5.000" },
      { MATNR: "104711", WERKS: "2020" },
    ],
    KNA1: [
      { KUNNR: "0000001000", NAME1: "Acme" },
      { KUNNR: "1000", NAME1: "Acme Foods" },
    ],
    VBAK: [
      { VBELN: "0000012345", KUNNR: "0000001000" },
      { VBELN: "0000012345", KUNNR: "0000002000" },
    ],
    EKKO: [
      { EBELN: "4500000001", LIFNR: "0000020000", WAERS: "USD" },
      { EBELN: "4500000001", LOEKZ: "L" },
    ],
    EKPO: [
      { EBELN: "4500000001", EBELP: "00010", MENGE: "10" },
      { EBELN: "4500000001", EBELP: "10", ELIKZ: "X" },
    ],
    EKET: [
      { EBELN: "4500000001", EBELP: "00010", ETENR: "0001", WEMNG: "3.5" },
      { EBELN: "4500000001", EBELP: "00010", ETENR: "0002", WEMNG: "2" },
    ],
  };
  const aChange = fc.constantFrom(...Object.entries(tables)).chain(([entity, rows]) =>
    fc.record({
      entity: fc.constant(entity),
      operation: fc.constantFrom("create" as const, "update" as const, "update" as const, "delete" as const),
      fields: fc.constantFrom<Record<string, string | undefined>[]>(...rows),
    }),
  );
  const changes = fc
    .array(aChange, { minLength: 1, maxLength: 14 })
    .map((list) =>
      list.map(({ entity, operation, fields }, n) =>
        sapChange(n + 1, entity, operation, fields as Record<string, string>),
      ),
    );
  const folds = [material, customer, purchaseOrder];
  fc.assert(
    fc.property(
      changes.chain((all) => fc.tuple(fc.constant(all), inPortions(all))),
      ([all, chunks]) => {
        expect(projectChunks(folds, chunks)).toEqual(
          projectChunks(
            folds,
            all.map((change) => [change]),
          ),
        );
      },
    ),
    { numRuns: 200 },
  );
});
