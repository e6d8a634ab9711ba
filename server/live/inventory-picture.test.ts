import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { StockHealth } from "../contracts/stock.ts";
import type { Material } from "../domain/material.ts";
import type { StockLevel } from "../domain/stock.ts";
import { aDelivery, aPurchaseOrder, aSalesOrder, aTransfer } from "../domain/stock-projection/builders.ts";
import { findPositions } from "./find-positions.ts";
import { InventoryPicture } from "./inventory-picture.ts";
import { untilSpent } from "./portions.ts";

const NOW = Date.parse("2026-11-20T12:00:00Z");
const record = { topic: "sap.MATDOC", partition: 0, offset: "1", timestampMs: NOW };

const aLevel = (site: string, unrestricted: string): StockLevel => ({
  ...{ client: "100", material: "M1", site, storageLocation: "0001", unit: "EA", basis: "movements", snapshot: null },
  quantities: { unrestricted, qualityInspection: "0", blocked: "0", inTransit: "0" },
  ...{ lastMovementAtMs: NOW, record },
});

const MATERIAL: Material = {
  ...{ id: "sap:100:M1", isStub: false, isDeleted: false, isClosed: false, record },
  ...{ material: "M1", display: "M1", text: "Pump", unit: "EA", group: null, grossWeightKg: null },
  sites: ["1010", "1030"].map((site) => ({
    ...{ site, safetyStock: "50", reorderPoint: null, maximumStock: null, plannedDeliveryDays: null },
  })),
};
const issuedAt = aTransfer({}).issuedAt;
const shipped = aDelivery(
  { id: "sap:100:0080000002", issuedAt },
  { quantity: "75", orderId: "sap:100:0000012345", orderLine: "000010" },
);

/** Everything that happens to one material, each fact as it was told last. */
const FACTS: readonly ((picture: InventoryPicture) => void)[] = [
  (picture) => picture.setMaterial(MATERIAL.id, MATERIAL),
  (picture) => picture.setLevels("100:M1@1010", [aLevel("1010", "90")]),
  (picture) => picture.setUsual("100:M1@1010", { perDay: 4, spread: 1, today: 0 }),
  (picture) => picture.setSalesOrder("sap:100:0000012345", aSalesOrder({})),
  (picture) => picture.setDelivery(shipped.id, shipped),
  (picture) => picture.setDelivery("sap:100:0080000001", aTransfer({})),
  (picture) => picture.setPurchaseOrder("sap:100:4500000001", aPurchaseOrder({})),
  (picture) =>
    picture.setSites([
      { id: "1010", name: "Joliet", timeZone: "America/Chicago" },
      { id: "1030", name: "Allentown", timeZone: "America/New_York" },
    ]),
];

const aPicture = () => new InventoryPicture({ now: () => NOW, arrivalOf: () => null });
const everything = { sort: "site", after: null, limit: 100 } as const;

function told(picture: InventoryPicture) {
  while (!picture.isSettled()) picture.recompute(untilSpent(0));
  return picture.list({}, everything).items.map(({ version, ...position }) => position);
}

describe("the picture of stock", () => {
  test("joins stock, orders, trucks and purchases, and expects nothing twice", () => {
    const picture = aPicture();
    for (const set of FACTS) set(picture);
    expect(told(picture)).toMatchObject([
      { site: "1010", onHand: "90", reserved: "25", inTransit: "0", onOrder: "0", text: "Pump", safetyStock: "50" },
      { site: "1030", onHand: null, inTransit: "80", onOrder: "20", health: "unknown" },
    ]);
    expect(picture.story("100:M1@1030")).toMatchObject({
      inTransit: [{ deliveryId: "sap:100:0080000001", quantity: "80", vehicleId: "T1", fromSite: "1010", eta: null }],
      onOrder: [{ purchaseOrderId: "sap:100:4500000001", quantity: "20", day: "2026-11-23" }],
    });
  });

  test("is the same in whatever order and however often its facts come", () => {
    const plain = aPicture();
    for (const set of FACTS) set(plain);
    const expected = told(plain);
    const doubled = [...FACTS, ...FACTS];
    fc.assert(
      fc.property(fc.shuffledSubarray(doubled, { minLength: doubled.length, maxLength: doubled.length }), (facts) => {
        const picture = aPicture();
        for (const [index, set] of facts.entries()) {
          set(picture);
          if (index % 3 === 0) picture.recompute(untilSpent(0));
        }
        expect(told(picture)).toEqual(expected);
      }),
    );
  });

  test("forgets what is gone: an order that closed, a delivery that arrived, a site where nothing is left", () => {
    const picture = aPicture();
    for (const set of FACTS) set(picture);
    told(picture);
    picture.setSalesOrder("sap:100:0000012345", aSalesOrder({ isClosed: true }));
    picture.setDelivery("sap:100:0080000001", aTransfer({ isClosed: true, provenAt: issuedAt }));
    picture.setPurchaseOrder("sap:100:4500000001", null);
    picture.setMaterial(MATERIAL.id, null);
    expect(told(picture)).toMatchObject([{ site: "1010", reserved: "0" }]);
    picture.setLevels("100:M1@1010", []);
    expect(told(picture)).toEqual([]);
  });

  test("says only what has changed, with a greater version", () => {
    const picture = aPicture();
    picture.setLevels("100:M1@1010", [aLevel("1010", "90")]);
    const [first] = picture.recompute(() => false).changed;
    picture.setLevels("100:M1@1010", [aLevel("1010", "90")]);
    expect(picture.recompute(() => false)).toEqual({ changed: [], gone: [] });
    picture.setLevels("100:M1@1010", [aLevel("1010", "91")]);
    expect(picture.recompute(() => false).changed[0]!.version).toBeGreaterThan(first!.version);
  });

  test("takes the vehicle and the time of arrival from the trip, and expects the goods on that day", () => {
    const etaMs = Date.parse("2026-11-25T15:00:00Z");
    const picture = new InventoryPicture({ now: () => NOW, arrivalOf: () => ({ vehicleId: "T9", etaMs }) });
    picture.setLevels("100:M1@1030", [aLevel("1030", "10")]);
    picture.setDelivery("sap:100:0080000001", aTransfer({}));
    expect(told(picture)).toMatchObject([{ inbound: { quantity: "80", day: "2026-11-25" } }]);
    expect(picture.story("100:M1@1030")!.inTransit).toMatchObject([
      { vehicleId: "T9", eta: "2026-11-25T15:00:00.000Z" },
    ]);
  });
});

test("pages of a list hold each position once, in one order, whatever the size of a page", () => {
  const health = fc.constantFrom<StockHealth[]>("out", "below_safety", "low_soon", "unknown", "healthy", "overstock");
  const drafts = fc.array(fc.record({ health, coverDays: fc.option(fc.integer({ min: 0, max: 9 })) }), {
    maxLength: 40,
  });
  const sort = fc.constantFrom(
    "risk" as const,
    "cover" as const,
    "material" as const,
    "site" as const,
    "on_hand" as const,
  );
  const [model] = (() => {
    const picture = aPicture();
    picture.setLevels("100:M1@1010", [aLevel("1010", "90")]);
    return picture.recompute(untilSpent(0)).changed;
  })();
  fc.assert(
    fc.property(drafts, sort, fc.integer({ min: 1, max: 7 }), (given, by, limit) => {
      const positions = given.map((each, index) => ({ ...model!, ...each, id: `100:M${index}@1010` }));
      const whole = findPositions(positions, {}, { sort: by, after: null, limit: 1_000 }, new Map());
      const paged: string[] = [];
      let after: typeof whole.next = null;
      do {
        const page = findPositions(positions, {}, { sort: by, after, limit }, new Map());
        paged.push(...page.items.map(({ id }) => id));
        after = page.next;
      } while (after !== null);
      expect(paged).toEqual(whole.items.map(({ id }) => id));
      expect(new Set(paged).size).toBe(positions.length);
    }),
  );
});
