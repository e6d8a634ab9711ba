import { expect, test } from "vitest";
import type { BusinessObjects } from "../domain/business-object.ts";
import type { Change } from "../domain/change.ts";
import { crmAccount } from "./crm-account.ts";
import { crmCase, orderNumberIn } from "./crm-case.ts";
import { crmOrder } from "./crm-order.ts";
import { delivery } from "./delivery.ts";
import { COMMITTED_MS, projectChunks, salesforceChange, sapChange } from "./orders-testing.ts";
import { salesOrder } from "./sales-order.ts";
import { shipment } from "./shipment.ts";

const FOLDS = [salesOrder, delivery, shipment, crmOrder, crmAccount, crmCase];
const ORDER = { VBELN: "0000012345" };
const LINE = { ...ORDER, POSNR: "000010" };
const DELIVERY = { VBELN: "0080012345" };
const SHIPMENT = { TKNUM: "0000700001" };

const project = (...changes: Change[]) => projectChunks(FOLDS, [changes]);
const orderOf = (...changes: Change[]) =>
  project(...changes).get("sales_order:sap:100:0000012345") as BusinessObjects["sales_order"];
const deliveryOf = (...changes: Change[]) =>
  project(...changes).get("delivery:sap:100:0080012345") as BusinessObjects["delivery"];
const shipmentOf = (...changes: Change[]) =>
  project(...changes).get("shipment:sap:100:0000700001") as BusinessObjects["shipment"];

const header = (n: number, fields: Record<string, string>) => sapChange(n, "VBAK", "create", { ...ORDER, ...fields });
const item = (n: number, fields: Record<string, string>) => sapChange(n, "VBAP", "create", { ...LINE, ...fields });
const schedule = (n: number, number: string, fields: Record<string, string>) =>
  sapChange(n, "VBEP", "create", { ...LINE, ETENR: number, ...fields });

test("an order is confirmed on the day its schedule covers all that was ordered, and not before", () => {
  const ordered = item(1, { KWMENG: "480.000", VRKME: "EA" });
  const requested = schedule(2, "0001", { EDATU: "20260825", WMENG: "480.000", BMENG: "0.000" });
  const part = schedule(3, "0002", { EDATU: "20260826", WMENG: "0.000", BMENG: "200.000" });
  const rest = schedule(4, "0003", { EDATU: "20260828", WMENG: "0.000", BMENG: "280.000" });
  expect(orderOf(ordered, requested, part)).toMatchObject({ confirmedDay: null, confirmedAt: null });
  const order = orderOf(ordered, requested, part, rest);
  expect(order).toMatchObject({ confirmedDay: "2026-08-28", lines: [{ ordered: "480.000", confirmed: "480.000" }] });
  expect(order.confirmedAt).toMatchObject({ day: null, record: { offset: "4" } });
});

test("a fact names the row it was read from, not the newest of the object", () => {
  const rows = [
    item(2, { KWMENG: "480.000", NETWR: "10.00", WAERK: "USD" }),
    schedule(3, "0001", { EDATU: "20260825", WMENG: "480.000", LIFSP: "01" }),
  ];
  const headed = orderOf(header(1, { VDATU: "20260825", NETWR: "10.00", WAERK: "USD" }), ...rows);
  expect(headed).toMatchObject({
    record: { offset: "3" },
    headerRecord: { offset: "1" },
    blocks: [{ record: { offset: "3" } }],
  });
  expect(headed.valueRecord).toBeUndefined();
  expect(orderOf(...rows)).toMatchObject({ headerRecord: null, valueRecord: { topic: "sap.VBAP", offset: "2" } });
  const wanted = orderOf(item(4, { MATNR: "1" }), rows[1]!);
  expect(wanted.lines[0]).toMatchObject({ record: { offset: "4" }, orderedRecord: { topic: "sap.VBEP", offset: "3" } });
  const moved = project(
    sapChange(1, "LIKP", "create", { ...DELIVERY, TRAID: "T1" }),
    sapChange(2, "LIPS", "create", { ...DELIVERY, POSNR: "000010" }),
    sapChange(3, "VTTK", "create", { ...SHIPMENT, SIGNI: "T2" }),
    sapChange(4, "VTTS", "create", { ...SHIPMENT, TSNUM: "0001" }),
  );
  expect(moved.get("delivery:sap:100:0080012345")).toMatchObject({
    record: { offset: "2" },
    headerRecord: { offset: "1" },
  });
  expect(moved.get("shipment:sap:100:0000700001")).toMatchObject({
    record: { offset: "4" },
    headerRecord: { offset: "3" },
  });
  const crm = project(
    salesforceChange(1, "Order", "create", "801A", { PoNumber: "4500" }),
    salesforceChange(2, "OrderItem", "create", "802A", { OrderId: "801A", Quantity: 1 }),
  );
  expect(crm.get("crm_order:salesforce:801A")).toMatchObject({
    record: { offset: "2" },
    headerRecord: { offset: "1" },
  });
});

test("a rejected line and one whose row is deleted count for nothing; without any that counts the order is closed", () => {
  const both = [
    item(1, { KWMENG: "5.000" }),
    sapChange(2, "VBAP", "create", { ...ORDER, POSNR: "000020", KWMENG: "7.000" }),
  ];
  const rejected = sapChange(3, "VBAP", "update", { ...LINE, ABGRU: "10" });
  const gone = sapChange(4, "VBAP", "delete", { ...ORDER, POSNR: "000020" });
  expect(orderOf(...both, rejected)).toMatchObject({
    isClosed: false,
    lines: [{ isRejected: true }, { isRejected: false }],
  });
  expect(orderOf(...both, rejected, gone)).toMatchObject({ isClosed: true, isDeleted: false });
});

test("a deleted order is gone, an archived one was done: what is complete cannot be taken back", () => {
  const order = header(1, { BSTNK: "4500" });
  expect(orderOf(order, sapChange(2, "VBAK", "delete", ORDER))).toMatchObject({ isDeleted: true, isClosed: true });
  const complete = sapChange(2, "VBAK", "update", { ...ORDER, GBSTK: "C" });
  const archived = [order, item(1, { KWMENG: "5.000" }), complete].concat(
    sapChange(3, "VBAK", "delete", ORDER),
    sapChange(3, "VBAP", "delete", LINE),
  );
  expect(orderOf(...archived)).toMatchObject({ isDeleted: false, isClosed: true, lines: [{ isRejected: false }] });
});

test("amounts stand in their currency's own places, an item takes the order's currency, lines add up without a header", () => {
  expect(orderOf(header(1, { NETWR: "1.00", WAERK: "JPY" })).value).toEqual({ amount: "100", currency: "JPY" });
  expect(orderOf(header(1, { WAERK: "KWD" }), item(2, { NETWR: "50.00" })).lines[0]?.amount).toEqual({
    amount: "5.000",
    currency: "KWD",
  });
  expect(orderOf(item(2, { NETWR: "50.00", WAERK: "USD" })).value).toEqual({ amount: "50.00", currency: "USD" });
});

test("blocks are named with their code; a credit check that was passed or released is none", () => {
  expect(orderOf(header(1, { LIFSK: "01", CMGST: "B" })).blocks.map(({ field, code }) => [field, code])).toEqual([
    ["LIFSK", "01"],
    ["CMGST", "B"],
  ]);
  expect(orderOf(header(1, { LIFSK: "  ", CMGST: "D" })).blocks).toEqual([]);
  expect(orderOf(schedule(1, "0001", { LIFSP: "02" })).blocks).toMatchObject([{ field: "LIFSP", code: "02" }]);
});

test("a delivery line makes a stub of the order it names until a row of the order comes; one of a purchase order does not", () => {
  const named = sapChange(1, "LIPS", "create", { ...DELIVERY, POSNR: "000010", VGBEL: "0000012345" });
  expect(orderOf(named)).toMatchObject({ isStub: true, record: null, number: "12345" });
  expect(orderOf(named, header(2, { BSTNK: "4500" }))).toMatchObject({ isStub: false, customerReference: "4500" });
  const purchase = sapChange(1, "LIPS", "create", { ...DELIVERY, POSNR: "000010", VGBEL: "0000012345", VGTYP: "V" });
  expect([...project(purchase).keys()]).toEqual(["delivery:sap:100:0080012345"]);
  expect(orderOf(named, sapChange(2, "LIPS", "delete", { ...DELIVERY, POSNR: "000010" }))).toBeUndefined();
});

test("goods are issued when WADAT_IST is set, at the source's time of that change, and no longer when it is taken back", () => {
  const created = sapChange(1, "LIKP", "create", {
    ...DELIVERY,
    WADAT_IST: "00000000",
    LFART: "LF",
    KUNNR: "0000001000",
  });
  expect(deliveryOf(created)).toMatchObject({ issuedAt: null, destinationSite: "1000", direction: "outbound" });
  const issued = sapChange(2, "LIKP", "update", { ...DELIVERY, WADAT_IST: "20260819" });
  expect(deliveryOf(created, issued).issuedAt).toMatchObject({
    day: "2026-08-19",
    atMs: Date.parse("2026-08-19T14:30:01.000Z"),
  });
  const reversed = sapChange(3, "LIKP", "update", { ...DELIVERY, WADAT_IST: "00000000" });
  expect(deliveryOf(created, issued, reversed).issuedAt).toBeNull();
});

test("a step of a loaded row is marked, a change of it is not", () => {
  const position = "0".repeat(16) + String(COMMITTED_MS).padStart(19, "0");
  const loaded = { ...sapChange(1, "LIKP", "read", { ...DELIVERY, KOSTK: "C", ERDAT: "20260819" }), position };
  expect(deliveryOf(loaded)).toMatchObject({
    pickedAt: { isLoaded: true },
    createdAt: { day: "2026-08-19", isLoaded: true },
  });
  const picked = sapChange(2, "LIKP", "update", { ...DELIVERY, KOSTK: "C" });
  expect(deliveryOf(loaded, picked).pickedAt).not.toHaveProperty("isLoaded");
});

test("a delivery marked as deleted is closed and gone; one that is archived after its issue is not gone", () => {
  const created = sapChange(1, "LIKP", "create", { ...DELIVERY, WADAT_IST: "20260819" });
  const line = sapChange(1, "LIPS", "create", { ...DELIVERY, POSNR: "000010", LFIMG: "5.000" });
  const marked = sapChange(2, "LIKP", "update", { ...DELIVERY, SPE_LOEKZ: "X" });
  expect(deliveryOf(created, marked)).toMatchObject({ isDeleted: true, isClosed: true });
  const archived = [
    sapChange(3, "LIKP", "delete", DELIVERY),
    sapChange(3, "LIPS", "delete", { ...DELIVERY, POSNR: "000010" }),
  ];
  expect(deliveryOf(created, line, ...archived)).toMatchObject({
    isDeleted: false,
    isClosed: true,
    lines: [{ quantity: "5.000" }],
  });
});

test("a shipment's stages stand in the order they are driven, with miles as kilometres, and name known and unknown deliveries", () => {
  const stage = (n: number, number: string, fields: Record<string, string>) =>
    sapChange(n, "VTTS", "create", { ...SHIPMENT, TSNUM: number, ...fields });
  const carried = shipmentOf(
    sapChange(1, "VTTK", "create", { ...SHIPMENT, SIGNI: "T1", DPTBG: "20260819", UPTBG: "240000" }),
    stage(2, "0001", { TSRFO: "0002", WERKA: "1020", KUNNZ: "0000001000", DISTZ: "100.000", MEDST: "MI" }),
    stage(3, "0002", { TSRFO: "0001", WERKA: "1010", WERKZ: "1020" }),
    sapChange(4, "VTTP", "create", { ...SHIPMENT, TPNUM: "0001", VBELN: "0080012345" }),
  );
  expect(carried).toMatchObject({
    vehicleId: "T1",
    plannedStart: "2026-08-20T00:00:00",
    deliveryIds: ["sap:100:0080012345"],
  });
  expect(carried.stages.map(({ fromSite, toSite, distanceKm }) => [fromSite, toSite, distanceKm])).toEqual([
    ["1010", "1020", null],
    ["1020", "1000", 160.934],
  ]);
  expect(deliveryOf(sapChange(4, "VTTP", "create", { ...SHIPMENT, TPNUM: "0001", ...DELIVERY }))).toMatchObject({
    isStub: true,
  });
});

test("a Salesforce order keeps what was promised, since when it is active, and its items", () => {
  const id = "8015g00000Xk2aAAB";
  const created = salesforceChange(1, "Order", "create", id, {
    ...{ Status: "Draft", PoNumber: "4500", EndDate: "2026-08-28", TotalAmount: 1250.5, AccountId: "001A" },
    CreatedDate: "2026-08-18T09:00:00.000Z",
  });
  const active = salesforceChange(2, "Order", "update", id, { Status: "Activated" });
  const ordered = salesforceChange(3, "OrderItem", "create", "802A", {
    OrderId: id,
    Quantity: 480,
    OrderItemNumber: "10",
  });
  const objects = project(created, active, ordered);
  expect(objects.get(`crm_order:salesforce:${id}`)).toMatchObject({
    ...{ promisedDay: "2026-08-28", amount: { amount: "1250.50", currency: "USD" }, isClosed: false, isStub: false },
    createdAt: { day: "2026-08-18", atMs: Date.parse("2026-08-18T09:00:00Z") },
    activatedAt: { atMs: COMMITTED_MS + 2 },
    items: [{ quantity: "480", number: "10" }],
  });
  expect(objects.get("crm_account:salesforce:001A")).toMatchObject({ isStub: true, name: null });
  expect(project(created).get(`crm_order:salesforce:${id}`)).toMatchObject({ activatedAt: null });
});

test("a case names the order that stands in its subject, however people write it", () => {
  const found = [
    "Where is order 12345?",
    "Order #0000012345 late",
    "sales order no. 4711 damaged",
    "5000000017 not here",
  ];
  expect(found.map(orderNumberIn)).toEqual(["12345", "12345", "4711", "5000000017"]);
  for (const other of ["Call 312-555-0147", "2 pallets damaged", "order late", "PO-5000000017"])
    expect(orderNumberIn(other)).toBeNull();
  const opened = salesforceChange(1, "Case", "create", "500A", {
    Subject: "Order 12345 late",
    Status: "New",
    CaseNumber: "17",
  });
  const closed = salesforceChange(2, "Case", "update", "500A", { Status: "Closed" });
  expect(project(opened, closed).get("crm_case:salesforce:500A")).toMatchObject({
    ...{
      orderNumber: "12345",
      isClosed: true,
      closedAt: { atMs: COMMITTED_MS + 2 },
      createdAt: { atMs: COMMITTED_MS + 1 },
    },
  });
});
