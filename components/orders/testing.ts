import type { Milestone, Order, OrderSummary } from "@/server/contracts/order.ts";

/** An order that is on its way and on plan, unless a test says otherwise. */
export const anOrder = (part: Partial<OrderSummary> = {}): OrderSummary => ({
  id: "sap:100:4812207",
  number: "4812207",
  customerReference: "M-77120",
  customer: { id: "sap:100:1000", name: "Marlowe Grocers DC 14" },
  status: "in_transit",
  risk: "on_plan",
  reason: null,
  value: { amount: "472000.00", currency: "USD" },
  requestedDate: "2026-11-17",
  confirmedDate: "2026-11-17",
  promisedAt: "2026-11-17T14:30:00.000Z",
  eta: "2026-11-17T14:10:00.000Z",
  etaP90: "2026-11-17T14:40:00.000Z",
  originSite: "1010",
  destinationSite: "C014",
  vehicleIds: ["TRK-48213"],
  disagreements: 0,
  version: 1,
  ...part,
});

const record = { topic: "sap.LIKP", partition: 3, offset: "918442", timestamp: "2026-11-17T02:54:03.000Z" };

export const aMilestone = (part: Partial<Milestone> = {}): Milestone => ({
  kind: "picked",
  source: "sap",
  planned: "2026-11-17T02:00:00.000Z",
  actual: "2026-11-17T02:54:00.000Z",
  expected: null,
  varianceMinutes: 54,
  subject: "80334561",
  record,
  ...part,
});

/** The whole of an order. */
export const aWholeOrder = (part: Partial<Order> = {}): Order => ({
  ...anOrder(),
  lines: [
    {
      line: "000010",
      material: "000000000000004711",
      materialDisplay: "4711",
      text: "Oat bars 12 x 40 g",
      site: "1010",
      ordered: "1188.000",
      confirmed: "1188.000",
      delivered: "0",
      unit: "CS",
    },
  ],
  deliveries: [
    {
      id: "sap:100:80334561",
      number: "80334561",
      billOfLading: "BOL-7781",
      goodsIssueDate: "2026-11-17",
      provenDate: null,
      vehicleId: "TRK-48213",
      tripId: "sap:100:7000123",
    },
  ],
  sources: [{ system: "sap", entity: "VBAK", key: "100|0004812207" }],
  timeline: [aMilestone()],
  disagreementList: [],
  ...part,
});
