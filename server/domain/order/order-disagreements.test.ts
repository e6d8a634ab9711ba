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
import { orderDisagreements } from "./order-disagreements.ts";
import type { OrderParts } from "./order-parts.ts";

const said = (parts: Partial<OrderParts>) =>
  orderDisagreements(someParts({ crmOrders: [aCrmOrder()], ...parts })).map(({ fact, line, sides }) => [
    fact,
    line,
    ...sides.map(({ system, value }) => `${system}: ${value}`),
  ]);
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
      aTrip({ stops: [aStop("load", { reportedDeparture, departedAt: "2026-08-27T10:00:00.000Z" }), aStop("unload")] }),
    ],
  });
  expect(said(at("2026-08-27T10:30:00.000Z"))).toEqual([]);
  expect(said(at("2026-08-27T10:31:00.000Z"))).toEqual([
    ["departure", null, "sap: 2026-08-27T10:31:00.000Z", "truck: 2026-08-27T10:00:00.000Z"],
  ]);
  expect(said(at("2026-08-27T09:20:00.000Z"))).toHaveLength(1);
});
