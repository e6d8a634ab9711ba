import type { StockPosition, StockStory } from "@/server/contracts/stock.ts";

/** For tests: a position and a story as the API gives them, with what a test is about given. */

export function aPosition(given: Partial<StockPosition> = {}): StockPosition {
  const material = given.materialDisplay ?? "100-24817";
  const site = given.site ?? "1030";
  return {
    id: `100:${material}@${site}`,
    material,
    materialDisplay: material,
    text: "Greek yogurt vanilla 32 oz",
    site,
    unit: "CS",
    onHand: "3456",
    reserved: "1200",
    inTransit: "1188",
    onOrder: "0",
    safetyStock: "2400",
    inbound: { quantity: "1188", day: "2026-11-24" },
    coverDays: 5.2,
    health: "low_soon",
    belowSafetyDay: "2026-11-19",
    outDay: "2026-11-22",
    projected: [3200, 2700, 2300, 1500, 700, 0],
    version: 1,
    ...given,
  };
}

const record = { topic: "sap.MATDOC", partition: 2, offset: "118", timestamp: "2026-11-17T13:48:00.000Z" };

export function aStory(given: Partial<StockStory> = {}, position: Partial<StockPosition> = {}): StockStory {
  return {
    position: aPosition(position),
    locations: [
      {
        ...{ material: "100-24817", materialDisplay: "100-24817", site: "1030", storageLocation: "0001", unit: "CS" },
        ...{ unrestricted: "3456", qualityInspection: "0", blocked: "216", inTransit: "0", safetyStock: "2400" },
        ...{ health: "low_soon", basis: "movements", snapshotDiffers: null, record },
      },
    ],
    projection: [
      { day: "2026-11-17", expected: 3200, low: 3000, high: 3400, receipts: 0, issues: 256 },
      { day: "2026-11-18", expected: 2700, low: 2400, high: 3000, receipts: 0, issues: 500 },
      { day: "2026-11-19", expected: 2300, low: 1900, high: 2700, receipts: 1188, issues: 1588 },
    ],
    counted: [
      { time: "2026-11-03T14:32:00.000Z", quantity: 7000 },
      { time: "2026-11-16T08:10:00.000Z", quantity: 5076 },
      { time: "2026-11-17T13:48:00.000Z", quantity: 3456 },
      { time: "2026-11-17T14:32:00.000Z", quantity: 3456 },
    ],
    reservations: [{ orderId: "sap:100:0004812207", quantity: "1200", day: "2026-11-18" }],
    inTransit: [
      {
        ...{ deliveryId: "sap:100:0080334590", quantity: "1188", vehicleId: "T-1042", fromSite: "1010" },
        eta: "2026-11-24T18:00:00.000Z",
      },
    ],
    onOrder: [],
    ordersAtStake: { count: 3, amount: "38900.00", currency: "USD" },
    ...given,
  };
}
