import type { Delivery, DeliveryLine } from "../delivery.ts";
import type { PurchaseOrder } from "../purchase-order.ts";
import type { SalesOrder, SalesOrderLine } from "../sales-order.ts";

/** For tests: objects as the projections make them, with what a test is about given. */

const record = { topic: "sap.TEST", partition: 0, offset: "1", timestampMs: 0 };
const base = { isStub: false, isDeleted: false, isClosed: false, record };

export function aSalesOrder(given: Partial<SalesOrder>, line: Partial<SalesOrderLine> = {}): SalesOrder {
  return {
    ...base,
    id: "sap:100:0000012345",
    number: "12345",
    customerReference: null,
    customerId: null,
    value: null,
    requestedDay: null,
    confirmedDay: "2026-11-24",
    blocks: [],
    createdAt: null,
    confirmedAt: null,
    lines: [
      {
        line: "000010",
        material: "M1",
        text: null,
        site: "1010",
        unit: "EA",
        ordered: "100",
        confirmed: "100",
        amount: { amount: "1250.00", currency: "USD" },
        isRejected: false,
        schedule: [
          { line: "0002", day: "2026-11-24", ordered: "40", confirmed: "40" },
          { line: "0001", day: "2026-11-21", ordered: "60", confirmed: "60" },
        ],
        record,
        ...line,
      },
    ],
    ...given,
  };
}

export function aDelivery(given: Partial<Delivery>, line: Partial<DeliveryLine> = {}): Delivery {
  return {
    ...base,
    id: "sap:100:0080000001",
    number: "80000001",
    direction: "outbound",
    originSite: "1010",
    destinationSite: "1000",
    shipToId: null,
    billOfLading: null,
    vehicleId: "T1",
    plannedIssueDay: null,
    plannedDeliveryDay: "2026-11-22",
    createdAt: null,
    pickedAt: null,
    issuedAt: null,
    provenAt: null,
    lines: [
      {
        line: "000010",
        material: "M1",
        text: null,
        site: "1010",
        storageLocation: "0001",
        unit: "EA",
        quantity: "80",
        orderId: null,
        orderLine: null,
        record,
        ...line,
      },
    ],
    ...given,
  };
}

/** From 1010 to 1030, issued, for the purchase order below. */
export function aTransfer(given: Partial<Delivery>, line: Partial<DeliveryLine> = {}): Delivery {
  const issuedAt = { day: "2026-11-19", atMs: 0, record };
  return aDelivery(
    { direction: "transfer", destinationSite: "1030", issuedAt, ...given },
    { orderId: "sap:100:4500000001", orderLine: "000010", ...line },
  );
}

type Schedule = PurchaseOrder["lines"][number]["schedule"][number];

export function aPurchaseOrder(given: Partial<PurchaseOrder>, schedule: Partial<Schedule> = {}): PurchaseOrder {
  return {
    ...base,
    id: "sap:100:4500000001",
    number: "4500000001",
    supplier: null,
    supplyingSite: "1010",
    createdAt: null,
    lines: [
      {
        line: "00010",
        material: "M1",
        text: null,
        site: "1030",
        unit: "EA",
        ordered: "100",
        received: "0",
        price: null,
        isDeleted: false,
        isComplete: false,
        schedule: [{ line: "0001", day: "2026-11-23", quantity: "100", received: "0", ...schedule }],
        record,
      },
    ],
    ...given,
  };
}
