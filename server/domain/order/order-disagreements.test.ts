import { expect, test } from "vitest";
import {
  aCrmOrder,
  aCustomer,
  aDelivery,
  aFact,
  aLine,
  anAccount,
  anOrder,
  aRecord,
  aStop,
  aTrip,
  someParts,
} from "./builders.ts";
import { placeOf } from "./moments.ts";
import { orderDisagreements } from "./order-disagreements.ts";
import type { OrderParts } from "./order-parts.ts";

const said = (parts: Partial<OrderParts>) =>
  orderDisagreements(someParts({ crmOrders: [aCrmOrder()], ...parts })).map(({ fact, line, sides }) => [
    fact,
    line,
    ...sides.map(({ system, value }) => `${system}: ${value}`),
  ]);
const recordsOf = (parts: Partial<OrderParts>) =>
  orderDisagreements(someParts({ crmOrders: [aCrmOrder()], ...parts })).map(({ sides }) =>
    sides.map(({ record: { topic, offset } }) => `${topic} ${offset}`),
  );
const item = (over: object) => ({
  ...{ id: "salesforce:802A", number: null, product: null, description: null, quantity: "460", unitPrice: null },
  record: aRecord("salesforce.OrderItemChangeEvent"),
  ...over,
});
const issued = aFact("2026-08-27T10:00:00Z");

test("orders that say the same disagree on nothing, and what one does not say is no disagreement", () => {
  expect(said({})).toEqual([]);
  expect(
    said({
      crmOrders: [aCrmOrder({ promisedDay: null, amount: null, items: [item({ description: "Something else" })] })],
    }),
  ).toEqual([]);
  expect(said({ crmOrders: [] })).toEqual([]);
});

test.each([
  ["its text", { description: "pallet wrap 500 MM" }],
  ["its number in the description", { description: "Wrap (104711), clear" }],
  ["the number of its line", { number: "0000000010" }],
])("a quantity is compared with the item found by %s", (_, over) => {
  expect(said({ crmOrders: [aCrmOrder({ items: [item(over)] })] })).toEqual([
    ["quantity", "000010", "salesforce: 460", "sap: 480"],
  ]);
  expect(said({ crmOrders: [aCrmOrder({ items: [item({ ...over, quantity: "480.0" })] })] })).toEqual([]);
});

test("a rejected line is compared with nothing", () => {
  const order = anOrder({
    lines: [aLine({ isRejected: true }), aLine({ line: "000020", material: "B", text: "Box" })],
  });
  expect(said({ order, crmOrders: [aCrmOrder({ items: [item({ number: "10" })] })] })).toEqual([]);
});

test("promised days and amounts are compared, amounts in one currency alone", () => {
  expect(said({ crmOrders: [aCrmOrder({ promisedDay: "2026-08-26" })] })).toEqual([
    ["promised_date", null, "salesforce: 2026-08-26", "sap: 2026-08-28"],
  ]);
  expect(said({ crmOrders: [aCrmOrder({ amount: { amount: "1200.00", currency: "USD" } })] })).toEqual([
    ["amount", null, "salesforce: 1200.00 USD", "sap: 1250.00 USD"],
  ]);
  expect(said({ crmOrders: [aCrmOrder({ amount: { amount: "1200.00", currency: "EUR" } })] })).toEqual([]);
  expect(said({ crmOrders: [aCrmOrder({ amount: { amount: "1250", currency: "USD" } })] })).toEqual([]);
});

test("customers are compared by name where their numbers cannot tell", () => {
  const customer = aCustomer({ name: "Beta Foods" });
  expect(said({ customer, accounts: [anAccount({ customerNumber: null })] })).toEqual([
    ["customer", null, "salesforce: Acme Stores", "sap: Beta Foods"],
  ]);
  expect(said({ customer, accounts: [anAccount()] })).toEqual([]);
  expect(
    said({ customer: aCustomer({ name: "ACME-Stores" }), accounts: [anAccount({ customerNumber: null })] }),
  ).toEqual([]);
});

test.each([
  [
    "cancelled there and alive here",
    { crmOrders: [aCrmOrder({ status: "Cancelled" })] },
    ["salesforce: Cancelled", "sap: confirmed"],
  ],
  [
    "alive there and cancelled here",
    { order: anOrder({ isDeleted: true }) },
    ["salesforce: Activated", "sap: cancelled"],
  ],
  [
    "delivered there and not here",
    { crmOrders: [aCrmOrder({ status: "Delivered" })] },
    ["salesforce: Delivered", "sap: confirmed"],
  ],
  [
    "a draft there and on the road here",
    { crmOrders: [aCrmOrder({ status: "Draft" })], deliveries: [aDelivery({ issuedAt: issued })] },
    ["salesforce: Draft", "sap: shipped"],
  ],
])("a status is told when it is %s", (_, parts, sides) => {
  expect(said(parts)).toEqual([["status", null, ...sides]]);
});

test("the vehicle of the shipment is compared with that of the delivery, each with its record", () => {
  const parts = someParts({ deliveries: [aDelivery()], trips: [aTrip({ vehicleId: "T2" })] });
  expect(orderDisagreements(parts)).toMatchObject([
    {
      fact: "vehicle",
      sides: [
        { value: "T1", record: { topic: "sap.LIKP" } },
        { value: "T2", record: { topic: "sap.VTTK" } },
      ],
    },
  ]);
});

test("a departure is told when the ERP and the truck are more than half an hour apart", () => {
  const at = (reportedDeparture: string) => ({
    deliveries: [aDelivery()],
    trips: [
      aTrip({
        stops: [
          aStop("load", {
            ...{ reportedDeparture, departedAt: "2026-08-27T10:00:00.000Z" },
            departureRecord: placeOf(aRecord("telematics.readings", "77")),
            records: { ...aStop("load").records, reportedDeparture: placeOf(aRecord("sap.VTTS", "5")) },
          }),
          aStop("unload"),
        ],
      }),
    ],
  });
  expect(said(at("2026-08-27T10:30:00.000Z"))).toEqual([]);
  expect(said(at("2026-08-27T10:31:00.000Z"))).toEqual([
    ["departure", null, "sap: 2026-08-27T10:31:00.000Z", "truck: 2026-08-27T10:00:00.000Z"],
  ]);
  expect(said(at("2026-08-27T09:20:00.000Z"))).toHaveLength(1);
  expect(recordsOf(at("2026-08-27T09:20:00.000Z"))).toEqual([["sap.VTTS 5", "telematics.readings 77"]]);
});

test("each side names the row that says so, however much newer the order's other rows are", () => {
  const newer = { record: aRecord("sap.VBEP", "99"), headerRecord: aRecord("sap.VBAK", "3") };
  const crmNewer = {
    record: aRecord("salesforce.OrderItemChangeEvent", "98"),
    headerRecord: aRecord("salesforce.OrderChangeEvent", "2"),
  };
  const crm = aCrmOrder({ ...crmNewer, promisedDay: "2026-08-26", amount: { amount: "1", currency: "USD" } });
  const order = anOrder(newer);
  expect(recordsOf({ order, crmOrders: [crm] })).toEqual([
    ["salesforce.OrderChangeEvent 2", "sap.VBAK 3"],
    ["salesforce.OrderChangeEvent 2", "sap.VBAK 3"],
  ]);
  const added = anOrder({
    ...newer,
    valueRecord: aRecord("sap.VBAP", "4"),
    lines: [aLine({ orderedRecord: aRecord("sap.VBEP", "6") })],
  });
  const items = [item({ number: "10" })];
  expect(
    recordsOf({
      order: added,
      crmOrders: [aCrmOrder({ ...crmNewer, items, amount: { amount: "1", currency: "USD" } })],
    }),
  ).toEqual([
    ["salesforce.OrderItemChangeEvent 1", "sap.VBEP 6"],
    ["salesforce.OrderChangeEvent 2", "sap.VBAP 4"],
  ]);
});

test.each([
  ["confirmed", {}, "sap.VBEP 5"],
  ["cancelled", { order: { lines: [aLine({ isRejected: true, record: aRecord("sap.VBAP", "8") })] } }, "sap.VBAP 8"],
  ["picking", { delivery: {} }, "sap.LIKP 6"],
  ["shipped", { delivery: { issuedAt: { ...issued, record: aRecord("sap.LIKP", "7") } } }, "sap.LIKP 7"],
])(
  "the status %s names the row that makes it so",
  (status, { order, delivery }: { order?: object; delivery?: object }, record) => {
    const confirmedAt = { ...issued, record: aRecord("sap.VBEP", "5") };
    const parts = {
      order: anOrder({
        record: aRecord("sap.VBAP", "99"),
        headerRecord: aRecord("sap.VBAK", "3"),
        confirmedAt,
        ...order,
      }),
      deliveries: delivery
        ? [aDelivery({ record: aRecord("sap.LIPS", "98"), headerRecord: aRecord("sap.LIKP", "6"), ...delivery })]
        : [],
      crmOrders: [aCrmOrder({ status: status === "cancelled" ? "Activated" : "Delivered" })],
    };
    expect(said(parts)).toEqual([["status", null, expect.any(String), `sap: ${status}`]]);
    expect(recordsOf(parts)).toEqual([["salesforce.OrderChangeEvent 1", record]]);
  },
);
