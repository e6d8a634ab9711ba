import { Big } from "big.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aDelivery, aPurchaseOrder, aSalesOrder, aTransfer } from "./builders.ts";
import { addDays, dayIn, daysAfter } from "./days.ts";
import { goodsUnderWay, openPurchases, withoutRepeats } from "./inbound-stock.ts";
import { lineKey, openReservations } from "./open-reservations.ts";
import { ordersAtStake } from "./orders-at-stake.ts";
import { projectStock } from "./project-stock.ts";
import { usualConsumption } from "./usual-consumption.ts";

const NONE = new Map<string, Big>();
const open = (order = aSalesOrder({}), issued = NONE) =>
  openReservations(order, issued).map(({ quantity, day }) => ({ quantity: quantity.toFixed(), day }));

describe("what an order reserves", () => {
  it("is what its schedule lines confirm, by day", () => {
    expect(open()).toEqual([
      { quantity: "60", day: "2026-11-21" },
      { quantity: "40", day: "2026-11-24" },
    ]);
  });
  it("is less what was issued, the earliest first", () => {
    const order = aSalesOrder({});
    expect(open(order, new Map([[lineKey(order.id, "10"), Big("75.5")]]))).toEqual([
      { quantity: "24.5", day: "2026-11-24" },
    ]);
  });
  it.each([
    ["of a deleted order", aSalesOrder({ isDeleted: true })],
    ["of a closed order", aSalesOrder({ isClosed: true })],
    ["of a rejected line", aSalesOrder({}, { isRejected: true })],
    ["of a line that nothing is confirmed of", aSalesOrder({}, { confirmed: null, schedule: [] })],
    ["of a line whose material is not known yet", aSalesOrder({}, { material: null })],
  ])("is nothing %s", (_, order) => {
    expect(open(order)).toEqual([]);
  });
  it("is worth its part of the line's amount", () => {
    expect(openReservations(aSalesOrder({}), NONE).map(({ worth }) => worth)).toEqual([
      { amount: "750.00", currency: "USD" },
      { amount: "500.00", currency: "USD" },
    ]);
  });
});

describe("what is on its way", () => {
  it("is a transfer from its goods issue until its proof of delivery", () => {
    expect(goodsUnderWay(aTransfer({ issuedAt: null }))).toEqual([]);
    expect(goodsUnderWay(aTransfer({}))).toMatchObject([
      { material: "M1", site: "1030", fact: { deliveryId: "sap:100:0080000001", vehicleId: "T1", fromSite: "1010" } },
    ]);
    const proven = { day: "2026-11-20", atMs: 0, record: aTransfer({}).record! };
    expect(goodsUnderWay(aTransfer({ provenAt: proven }))).toEqual([]);
  });
  it("is an announced inbound delivery until its goods movement, and never goods for a customer", () => {
    const issued = aTransfer({}).issuedAt;
    expect(goodsUnderWay(aDelivery({ direction: "inbound" })).map(({ site }) => site)).toEqual(["1010"]);
    expect(goodsUnderWay(aDelivery({ direction: "inbound", issuedAt: issued }))).toEqual([]);
    expect(goodsUnderWay(aDelivery({ direction: "outbound", issuedAt: issued }))).toEqual([]);
  });
  it("is taken off the order it fulfils, and no more than the order still misses", () => {
    const goods = goodsUnderWay(aTransfer({})).map(({ fact }) => fact);
    const told = (received: string) => {
      const order = openPurchases(aPurchaseOrder({}, { received })).map(({ fact }) => fact);
      const { onOrder, onTheWay } = withoutRepeats(order, goods);
      return [onOrder.map(({ quantity }) => quantity.toFixed()), onTheWay.map(({ quantity }) => quantity.toFixed())];
    };
    expect(told("0")).toEqual([["20"], ["80"]]);
    expect(told("70")).toEqual([[], ["30"]]);
    expect(told("100")).toEqual([[], []]);
  });
  it("is together with the rest of its order what that order still misses", () => {
    const amount = fc.integer({ min: 1, max: 500 });
    fc.assert(
      fc.property(amount, fc.integer({ min: 0, max: 500 }), amount, (ordered, received, sent) => {
        const order = openPurchases(aPurchaseOrder({}, { quantity: String(ordered), received: String(received) }));
        const goods = goodsUnderWay(aTransfer({}, { quantity: String(sent) }));
        const { onOrder, onTheWay } = withoutRepeats(
          order.map(({ fact }) => fact),
          goods.map(({ fact }) => fact),
        );
        const sum = [...onOrder, ...onTheWay].reduce((total, { quantity }) => total + Number(quantity), 0);
        expect(sum).toBe(Math.max(0, ordered - received));
      }),
    );
  });
});

describe("the usual consumption", () => {
  it("is the mean of the whole days there are, today apart", () => {
    expect(usualConsumption([3, 10, 20, 30], 3.2)).toEqual({ perDay: 20, spread: 10, today: 3 });
  });
  it("counts days on which nothing went out", () => {
    expect(usualConsumption([0, 27], 60).perDay).toBe(1);
  });
  it("of a ledger that began today is what went out today", () => {
    expect(usualConsumption([12], 0.3)).toEqual({ perDay: 12, spread: 0, today: 12 });
  });
  it("is never less than nothing", () => {
    expect(usualConsumption([0, -40], 28)).toMatchObject({ perDay: 0, today: 0 });
  });
});

describe("orders at stake", () => {
  const projection = projectStock({
    today: "2026-11-20",
    onHand: 60,
    reservations: [],
    receipts: [],
    usual: { perDay: 0, spread: 0, today: 0 },
  });
  it("are those that the stock does not reach for, earliest served first, with what they are worth", () => {
    expect(ordersAtStake(60, projection, openReservations(aSalesOrder({}), NONE))).toEqual({
      count: 1,
      amount: "500.00",
      currency: "USD",
    });
  });
  it("are none where there is enough", () => {
    const none = { count: 0, amount: null, currency: null };
    expect(ordersAtStake(100, projection, openReservations(aSalesOrder({}), NONE))).toEqual(none);
  });
});

describe("days", () => {
  it("are those of the place", () => {
    const ms = Date.parse("2026-11-21T02:00:00Z");
    expect([dayIn("America/Chicago", ms), dayIn(null, ms), dayIn("Nowhere/Else", ms)]).toEqual([
      "2026-11-20",
      "2026-11-21",
      "2026-11-21",
    ]);
  });
  it("are counted over the ends of months and summer time", () => {
    expect(addDays("2026-10-30", 5)).toBe("2026-11-04");
    expect(daysAfter("2026-11-04", "2026-10-30")).toBe(-5);
  });
});
