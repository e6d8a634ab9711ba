import { expect, test } from "vitest";
import {
  aCase,
  aCrmOrder,
  aCustomer,
  aDelivery,
  aDeliveryLine,
  aFact,
  aLine,
  anAccount,
  anOrder,
  aRecord,
  aStop,
  aTrip,
  ORDER_ID,
  someParts,
} from "./builders.ts";
import { composeOrder } from "./compose-order.ts";
import type { OrderParts } from "./order-parts.ts";
import type { OrderStatus } from "./order-view.ts";

const issued = aFact("2026-08-27T10:00:00Z");
const proven = aFact("2026-08-28T18:00:00Z");
const left = aTrip({ stops: [aStop("load", { departedAt: "2026-08-27T10:05:00.000Z" }), aStop("unload")] });

test.each<[string, OrderStatus, Partial<OrderParts>]>([
  ["nothing is confirmed", "open", { order: anOrder({ confirmedDay: null }) }],
  ["all is confirmed", "confirmed", {}],
  ["a delivery was made", "picking", { deliveries: [aDelivery()] }],
  ["goods were issued, and no truck is known", "shipped", { deliveries: [aDelivery({ issuedAt: issued })] }],
  ["the truck is still at the dock", "shipped", { deliveries: [aDelivery({ issuedAt: issued })], trips: [aTrip()] }],
  ["the truck has left", "in_transit", { deliveries: [aDelivery({ issuedAt: issued })], trips: [left] }],
  [
    "the proof is there",
    "delivered",
    { deliveries: [aDelivery({ issuedAt: issued, provenAt: proven })], trips: [left] },
  ],
  ["every line is rejected", "cancelled", { order: anOrder({ lines: [aLine({ isRejected: true })] }) }],
  ["the order was deleted", "cancelled", { order: anOrder({ isDeleted: true }) }],
  [
    "it is blocked",
    "blocked",
    { order: anOrder({ blocks: [{ code: "01", field: "LIFSK", meaning: "delivery block" }] }) },
  ],
  [
    "it is blocked after the goods have left",
    "shipped",
    {
      order: anOrder({ blocks: [{ code: "B", field: "CMGST", meaning: "credit" }] }),
      deliveries: [aDelivery({ issuedAt: issued })],
    },
  ],
  [
    "part of it is proven, the rest waits",
    "confirmed",
    {
      deliveries: [aDelivery({ issuedAt: issued, provenAt: proven, lines: [aDeliveryLine({ quantity: "200.000" })] })],
    },
  ],
  ["its only delivery was deleted", "confirmed", { deliveries: [aDelivery({ isDeleted: true, issuedAt: issued })] }],
  [
    "its goods came back",
    "confirmed",
    { deliveries: [aDelivery({ direction: "return", issuedAt: issued, provenAt: proven })] },
  ],
  [
    "only Salesforce knows it, as cancelled",
    "cancelled",
    { order: null, crmOrders: [aCrmOrder({ status: "Cancelled" })] },
  ],
  ["only Salesforce knows it, as deleted", "cancelled", { order: null, crmOrders: [aCrmOrder({ isDeleted: true })] }],
  ["only Salesforce knows it, as active", "open", { order: null, crmOrders: [aCrmOrder()] }],
])("when %s, the order is %s", (_, status, parts) => {
  expect(composeOrder(someParts(parts)).status).toBe(status);
});

test("what has left is counted by line in the line's unit, from deliveries that were issued", () => {
  const view = composeOrder(
    someParts({
      deliveries: [
        aDelivery({
          issuedAt: issued,
          lines: [aDeliveryLine({ quantity: "200.000" }), aDeliveryLine({ quantity: "5", unit: "PAL" })],
        }),
        aDelivery({ id: "sap:100:0080012346", issuedAt: issued, lines: [aDeliveryLine({ quantity: "100.500" })] }),
        aDelivery({ id: "sap:100:0080012347", lines: [aDeliveryLine({ quantity: "79.500" })] }),
      ],
    }),
  );
  expect(view.lines).toMatchObject([{ materialDisplay: "104711", delivered: "300.500", ordered: "480.000" }]);
  expect(composeOrder(someParts()).lines[0]?.delivered).toBe("0");
});

test("the promise ends with its day where the goods are to be, or with the planned arrival where no day is said", () => {
  const deliveries = [aDelivery()];
  expect(composeOrder(someParts({ deliveries })).promisedAt).toBe("2026-08-29T05:00:00.000Z");
  expect(composeOrder(someParts({ deliveries, timeZoneOf: () => "Not/AZone" })).promisedAt).toBe(
    "2026-08-29T00:00:00.000Z",
  );
  const undated = anOrder({ requestedDay: null, confirmedDay: null });
  const planned = [aTrip({ stops: [aStop("load"), aStop("unload", { plannedArrival: "2026-08-28T15:00:00.000Z" })] })];
  expect(composeOrder(someParts({ order: undated, deliveries, trips: planned })).promisedAt).toBe(
    "2026-08-28T15:00:00.000Z",
  );
  expect(composeOrder(someParts({ order: undated })).promisedAt).toBeNull();
});

test("a summer day ends by the clock of summer, a winter day by that of winter", () => {
  const on = (day: string) =>
    composeOrder(someParts({ order: anOrder({ confirmedDay: day }), deliveries: [aDelivery()] })).promisedAt;
  expect([on("2026-03-07"), on("2026-03-08")]).toEqual(["2026-03-08T06:00:00.000Z", "2026-03-09T05:00:00.000Z"]);
});

test("the last of several arrivals decides; a truck of the shipment wins over the one of the delivery", () => {
  const second = "sap:100:0080012346";
  const eta = (hour: string) => ({ p50: `2026-08-28T${hour}:00:00.000Z`, p90: `2026-08-28T${hour}:30:00.000Z` });
  const view = composeOrder(
    someParts({
      deliveries: [aDelivery({ issuedAt: issued }), aDelivery({ id: second, issuedAt: issued, vehicleId: "T7" })],
      trips: [
        aTrip({ stops: [aStop("load"), aStop("unload", { eta: eta("12") })] }),
        aTrip({
          ...{ id: "sap:100:0000700002", vehicleId: "T2" },
          stops: [aStop("load", { deliveryIds: [second] }), aStop("unload", { deliveryIds: [second], eta: eta("16") })],
        }),
      ],
    }),
  );
  expect(view).toMatchObject({
    eta: "2026-08-28T16:00:00.000Z",
    etaP90: "2026-08-28T16:30:00.000Z",
    vehicleIds: ["T1", "T2"],
  });
});

test("a shipment that was called off carries nothing", () => {
  const trips = [aTrip({ state: "cancelled", vehicleId: "T9" })];
  expect(composeOrder(someParts({ deliveries: [aDelivery()], trips })).deliveries).toMatchObject([
    { vehicleId: "T1", tripId: null },
  ]);
});

test("each milestone stands in the lane of who says so, with what was planned and what happened", () => {
  const trip = aTrip({
    stops: [
      aStop("load", {
        ...{ plannedDeparture: "2026-08-27T10:00:00.000Z", departedAt: "2026-08-27T10:45:00.000Z" },
        ...{ arrivedAt: "2026-08-27T08:00:00.000Z", reportedDeparture: "2026-08-27T10:50:00.000Z" },
      }),
      aStop("unload", {
        plannedArrival: "2026-08-28T15:00:00.000Z",
        eta: { p50: "2026-08-28T15:30:00.000Z", p90: "2026-08-28T16:00:00.000Z" },
      }),
    ],
  });
  const parts = {
    crmOrders: [aCrmOrder()],
    cases: [aCase()],
    deliveries: [aDelivery({ issuedAt: aFact("2026-08-28T09:00:00Z"), pickedAt: aFact("2026-08-27T07:00:00Z", null) })],
    trips: [trip],
  };
  const { timeline } = composeOrder(someParts(parts));
  expect(timeline.map(({ source, kind }) => `${source} ${kind}`)).toEqual([
    "salesforce ordered",
    "salesforce crm_changed",
    "sap ordered",
    "sap confirmed",
    "sap delivery_created",
    "sap picked",
    "truck at_dock",
    "truck departed",
    "sap departed",
    "salesforce case_opened",
    "sap goods_issue",
    "salesforce promised",
    "sap promised",
    "truck arrived",
    "sap proof_of_delivery",
  ]);
  const by = (name: string) => timeline.find(({ source, kind }) => `${source} ${kind}` === name);
  expect(by("truck departed")).toMatchObject({ varianceMinutes: 45, subject: "1010" });
  expect(by("truck arrived")).toMatchObject({
    actual: null,
    expected: { p50: "2026-08-28T15:30:00.000Z" },
    varianceMinutes: 30,
  });
  expect(by("sap goods_issue")).toMatchObject({
    planned: "2026-08-27",
    varianceMinutes: 1_440,
    record: { topic: "sap.LIKP" },
  });
  expect(by("sap proof_of_delivery")).toMatchObject({ planned: "2026-08-28", actual: null, varianceMinutes: null });
  const newest = { record: aRecord("sap.VBEP", "99"), headerRecord: aRecord("sap.VBAK", "3") };
  const crmNewest = {
    record: aRecord("salesforce.OrderItemChangeEvent", "98"),
    headerRecord: aRecord("salesforce.OrderChangeEvent", "2"),
  };
  const told = composeOrder(
    someParts({ ...parts, order: anOrder(newest), crmOrders: [aCrmOrder(crmNewest)] }),
  ).timeline;
  const records = told.map(({ source, kind, record }) => `${source} ${kind}: ${record?.topic} ${record?.offset}`);
  expect(records).toEqual(
    expect.arrayContaining([
      "truck at_dock: telematics.readings 11",
      "truck departed: telematics.readings 12",
      "truck arrived: sap.VTTS 13",
      "sap departed: sap.VTTS 16",
      "sap promised: sap.VBAK 3",
      "salesforce promised: salesforce.OrderChangeEvent 2",
    ]),
  );
  expect(records.join()).not.toContain("undefined");
});

test("a row that was told days later says only the day", () => {
  const told = { ...aFact("2026-08-31T09:00:00Z"), day: "2026-08-27" };
  const { timeline } = composeOrder(someParts({ deliveries: [aDelivery({ issuedAt: told })] }));
  expect(timeline.find(({ kind }) => kind === "goods_issue")?.actual).toBe("2026-08-27");
});

test("of a row that came with a full load at most the day is known: the time of the load is no fact of the order", () => {
  const loaded = { isLoaded: true } as const;
  const { timeline } = composeOrder(
    someParts({
      order: anOrder({ createdAt: { ...aFact("2026-08-18T09:00:00Z"), ...loaded }, confirmedAt: null }),
      deliveries: [aDelivery({ pickedAt: { ...aFact("2026-08-18T09:00:00Z", null), ...loaded } })],
    }),
  );
  expect(timeline.find(({ kind }) => kind === "ordered")?.actual).toBe("2026-08-18");
  expect(timeline.some(({ kind }) => kind === "picked")).toBe(false);
});

test("an order known from Salesforce alone has its id, its number and its account's name", () => {
  const view = composeOrder(someParts({ order: null, crmOrders: [aCrmOrder()], accounts: [anAccount()] }));
  expect(view).toMatchObject({
    ...{ id: "salesforce:801A", number: "00000812", promisedAt: "2026-08-29T00:00:00.000Z" },
    customer: { id: "salesforce:001A", name: "Acme Stores" },
    sources: [{ system: "salesforce", entity: "Order", key: "801A" }],
  });
});

test("an order that only deliveries name shows what they hold", () => {
  const order = anOrder({
    isStub: true,
    lines: [],
    record: null,
    customerId: null,
    confirmedDay: null,
    requestedDay: null,
  });
  const view = composeOrder(someParts({ order, deliveries: [aDelivery({ issuedAt: issued })] }));
  expect(view).toMatchObject({ id: ORDER_ID, lines: [{ delivered: "480.000", ordered: null }], status: "shipped" });
  expect(view.sources).toEqual([{ system: "sap", entity: "LIKP", key: "100|0080012345" }]);
  const both = composeOrder(someParts({ customer: aCustomer({ name: "Acme Stores Inc." }) }));
  expect(both.customer).toEqual({ id: "sap:100:0000001000", name: "Acme Stores Inc." });
});
