import Big from "big.js";
import { expect, test } from "vitest";
import { sampleRows } from "../../connectors/sample-rows.ts";
import type { BusinessKind, BusinessObjects } from "../../domain/business-object.ts";
import { orderDisagreements } from "../../domain/order/order-disagreements.ts";
import type { SourceRow } from "../../domain/source-row.ts";
import { PROJECTIONS } from "../../projections/index.ts";
import { partOf, placeName, sumParts } from "../../projections/stock-levels.ts";
import { claimOf, snapshotOf } from "../../projections/stock-movements.ts";
import { aWorld, HOUR_MS, recordsOf, SPARSE } from "../testing.ts";
import { createWorld } from "../world.ts";

const DURATION_MS = 14 * HOUR_MS;
const trouble = { kind: "totals", totals: { broken: 80, repeated: 120, late: 120 }, durationMs: DURATION_MS } as const;
const world = createWorld(aWorld({ vehicles: 120, intervalsMs: SPARSE, trouble }));
const rows = sampleRows(recordsOf(world, DURATION_MS));

function projected<Kind extends BusinessKind>(kind: Kind): Map<string, BusinessObjects[Kind]> {
  const projection = PROJECTIONS.find((one) => one.kind === kind)!;
  const byId = new Map<string, SourceRow[]>();
  for (const row of rows) {
    if (!projection.entities.includes(`${row.system}.${row.entity}`)) continue;
    for (const id of projection.linksOf(row)) byId.set(id, [...(byId.get(id) ?? []), row]);
  }
  const objects = new Map<string, BusinessObjects[Kind]>();
  for (const [id, own] of byId) {
    const object = projection.fold(id, own);
    if (object) objects.set(id, object as BusinessObjects[Kind]);
  }
  return objects;
}

const isSame = (a: string | null, b: string): boolean => a !== null && new Big(a).eq(b);

test("every stock figure is the sum of the movements that were sent", () => {
  const movements = rows.flatMap((row) => claimOf(row)?.movement ?? []);
  const places = new Map<string, typeof movements>();
  for (const movement of movements) {
    places.set(placeName(movement), [...(places.get(placeName(movement)) ?? []), movement]);
  }
  const told = [...world.truth.stock()];
  expect(told.length).toBeGreaterThan(150);
  expect(places.size).toBe(told.length);
  for (const { material, site, storageLocation, unit, quantities, movements: count } of told) {
    const place = { client: "100", material, site, storageLocation };
    const sum = sumParts(place, places.get(placeName(place))!.map(partOf))!;
    expect({ unit: sum.unit, count: sum.movements, leftOut: sum.leftOut }).toEqual({ unit, count, leftOut: 0 });
    for (const [type, quantity] of Object.entries(quantities)) {
      expect(isSame(sum.quantities[type as keyof typeof quantities], quantity), `${material} ${site} ${type}`).toBe(
        true,
      );
    }
  }
});

test("nothing is issued that is not there, and goods in transit arrive", () => {
  const told = [...world.truth.stock()];
  for (const { quantities } of told)
    for (const quantity of Object.values(quantities)) expect(Number(quantity)).toBeGreaterThanOrEqual(0);
  expect(told.some(({ quantities }) => Number(quantities.inTransit) > 0)).toBe(true);
});

test("MARD agrees with the movements but for the places that are known not to", () => {
  const told = [...world.truth.stock()].filter(({ snapshot }) => snapshot !== null);
  const snapshots = rows.flatMap((row) => snapshotOf(row) ?? []);
  expect(snapshots.length).toBe(told.length);
  expect(told.filter(({ snapshot }) => snapshot!.differs).length).toBeGreaterThan(0);
  for (const { material, site, storageLocation, snapshot, quantities } of told) {
    const found = snapshots.find(
      (one) => one.material === material && one.site === site && one.storageLocation === storageLocation,
    )!;
    expect(isSame(found.snapshot!.quantities.unrestricted, snapshot!.unrestricted)).toBe(true);
    expect(snapshot!.unrestricted !== quantities.unrestricted).toBe(snapshot!.differs);
  }
});

test("every order ends as both systems were told, in its own currency and unit", () => {
  const orders = projected("sales_order");
  const crmOrders = projected("crm_order");
  const told = [...world.truth.orders()];
  expect(told.length).toBeGreaterThan(60);
  expect([...orders.values()].filter(({ isStub }) => !isStub).length).toBe(told.length);
  for (const truth of told) {
    const order = orders.get(truth.id)!;
    expect(order, truth.id).toMatchObject({
      number: truth.number,
      customerReference: truth.customerReference,
      value: truth.value,
      requestedDay: truth.requestedDay,
      confirmedDay: truth.confirmedDay,
    });
    expect(order.blocks.length > 0).toBe(truth.isBlocked);
    expect(order.lines.every(({ isRejected }) => isRejected)).toBe(truth.isCancelled);
    for (const line of truth.lines) {
      const found = order.lines.find((one) => one.line === line.line)!;
      expect(found).toMatchObject({ material: line.material, unit: line.unit, site: line.site });
      expect(isSame(found.ordered, line.ordered) && isSame(found.confirmed, line.confirmed), truth.id).toBe(true);
    }
    const crm = crmOrders.get(truth.crmId)!;
    expect(crm).toMatchObject({ status: truth.crmStatus, promisedDay: truth.promisedDay, accountId: truth.accountId });
    expect(crm.items.map(({ quantity }) => Number(quantity)).sort()).toEqual(
      truth.lines.map(({ crmQuantity }) => Number(crmQuantity)).sort(),
    );
  }
  const currencies = new Set(told.map(({ value }) => value.currency));
  for (const currency of ["USD", "JPY", "KWD"] as const) expect(currencies).toContain(currency);
});

test("the systems disagree exactly where they are known to", () => {
  const [orders, crmOrders, accounts, deliveries] = [
    projected("sales_order"),
    [...projected("crm_order").values()],
    [...projected("crm_account").values()],
    [...projected("delivery").values()],
  ];
  const found = [...world.truth.orders()].flatMap(({ id, customerReference }) => {
    const parts = {
      ...{ order: orders.get(id)!, accounts, customer: null, cases: [], trips: [], timeZoneOf: () => null },
      crmOrders: crmOrders.filter((crm) => crm.customerReference === customerReference),
      deliveries: deliveries.filter(({ lines }) => lines.some(({ orderId }) => orderId === id)),
    };
    return orderDisagreements(parts).map(({ fact, line }) => `${id} ${fact} ${line}`);
  });
  const told = [...world.truth.disagreements()];
  const ofRows = told
    .filter(({ fact }) => fact !== "departure")
    .map(({ order, fact, line }) => `${order} ${fact} ${line}`);
  expect(found.sort()).toEqual(ofRows.sort());
  expect(new Set(told.map(({ fact }) => fact))).toEqual(new Set(["quantity", "promised_date", "amount", "departure"]));
});

test("every delivery and shipment ends as it was told", () => {
  const deliveries = projected("delivery");
  const told = [...world.truth.deliveries()];
  expect(told.some(({ provenDay }) => provenDay !== null)).toBe(true);
  for (const truth of told) {
    const found = deliveries.get(truth.id)!;
    const { number, direction, vehicleId, billOfLading, originSite, destinationSite, isDeleted: isGone } = truth;
    expect(found).toMatchObject({
      number,
      direction,
      vehicleId,
      billOfLading,
      originSite,
      destinationSite,
      isDeleted: isGone,
    });
    expect(found.issuedAt?.day ?? null).toBe(truth.issuedDay);
    expect(found.provenAt?.day ?? null).toBe(truth.provenDay);
    expect(found.pickedAt !== null).toBe(truth.isPicked);
    const lines = found.lines.map((line) => [line.line, line.material, Number(line.quantity), line.orderLine]);
    expect(lines).toEqual(truth.lines.map((line) => [line.line, line.material, Number(line.quantity), line.orderLine]));
  }
  const shipments = projected("shipment");
  for (const truth of world.truth.shipments()) {
    const found = shipments.get(truth.id)!;
    expect(found).toMatchObject({ number: truth.number, vehicleId: truth.vehicleId });
    const [stage] = found.stages;
    expect(stage).toMatchObject({ fromSite: truth.origin.site, toSite: truth.destination.site });
    expect([stage!.actualStart !== null, stage!.actualEnd !== null]).toEqual([
      truth.origin.told !== null,
      truth.destination.told !== null,
    ]);
  }
});

test("every purchase order, customer, material and case ends as it was told", () => {
  const purchases = projected("purchase_order");
  for (const { id, isClosed, lines, ...truth } of world.truth.purchaseOrders()) {
    const found = purchases.get(id)!;
    expect(found, id).toMatchObject({ ...truth, isClosed });
    const shown = found.lines.map((line) => [line.line, line.material, Number(line.ordered), Number(line.received)]);
    expect(shown).toEqual(lines.map((line) => [line.line, line.material, Number(line.ordered), Number(line.received)]));
  }
  const [customers, accounts, materials, cases] = [
    new Set([...projected("customer").values()].map(({ number }) => number)),
    projected("crm_account"),
    new Map([...projected("material").values()].map((material) => [material.material, material])),
    projected("crm_case"),
  ];
  for (const { number, account, accountNumber } of world.truth.customers()) {
    expect(customers).toContain(number);
    expect(accounts.get(account)!.customerNumber).toBe(accountNumber);
  }
  for (const { material, text, unit, sites } of world.truth.materials()) {
    expect(materials.get(material)).toMatchObject({ text, unit });
    expect(
      materials
        .get(material)!
        .sites.map(({ site }) => site)
        .sort(),
    ).toEqual([...sites].sort());
  }
  const told = [...world.truth.cases()];
  expect(told.length).toBeGreaterThan(5);
  for (const { id, account: accountId, subject, status, orderNumber } of told) {
    expect(cases.get(id)).toMatchObject({ accountId, subject, status, orderNumber });
  }
});
