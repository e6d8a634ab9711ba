import type { FactRecord } from "../business-object.ts";
import type { CrmAccount, CrmCase, CrmOrder } from "../crm.ts";
import type { Customer } from "../customer.ts";
import type { Delivery, DeliveryLine } from "../delivery.ts";
import type { RowFact, SalesOrder, SalesOrderLine } from "../sales-order.ts";
import { placeOf } from "./moments.ts";
import type { OrderParts, OrderStop, OrderTrip } from "./order-parts.ts";

/** What the tests of orders are made of: one usual order, and what a test says otherwise. */

export const ORDER_ID = "sap:100:0000012345";
export const DELIVERY_ID = "sap:100:0080012345";

export const aRecord = (topic: string, offset = "1"): FactRecord => ({
  ...{ topic, partition: 0, offset },
  timestampMs: Date.parse("2026-08-19T14:30:00Z"),
});

export const aFact = (time: string, day: string | null = time.slice(0, 10)): RowFact => ({
  ...{ day, atMs: Date.parse(time) },
  record: aRecord("sap.LIKP"),
});

const BASE = { isStub: false, isDeleted: false, isClosed: false };

export const aLine = (over: Partial<SalesOrderLine> = {}): SalesOrderLine => ({
  line: "000010",
  material: "000000000000104711",
  text: "Pallet wrap 500 mm",
  site: "1010",
  unit: "EA",
  ordered: "480.000",
  confirmed: "480.000",
  amount: null,
  isRejected: false,
  schedule: [],
  record: aRecord("sap.VBAP"),
  ...over,
});

export const anOrder = (over: Partial<SalesOrder> = {}): SalesOrder => ({
  ...BASE,
  id: ORDER_ID,
  record: aRecord("sap.VBAK"),
  number: "12345",
  customerReference: "4500",
  customerId: "sap:100:0000001000",
  value: { amount: "1250.00", currency: "USD" },
  requestedDay: "2026-08-28",
  confirmedDay: "2026-08-28",
  blocks: [],
  createdAt: aFact("2026-08-18T09:00:00Z"),
  confirmedAt: aFact("2026-08-18T09:05:00Z", null),
  lines: [aLine()],
  ...over,
});

export const aDeliveryLine = (over: Partial<DeliveryLine> = {}): DeliveryLine => ({
  line: "000010",
  material: "000000000000104711",
  text: "Pallet wrap 500 mm",
  site: "1010",
  storageLocation: "0001",
  unit: "EA",
  quantity: "480.000",
  orderId: ORDER_ID,
  orderLine: "000010",
  record: aRecord("sap.LIPS"),
  ...over,
});

export const aDelivery = (over: Partial<Delivery> = {}): Delivery => ({
  ...BASE,
  id: DELIVERY_ID,
  record: aRecord("sap.LIKP"),
  number: "80012345",
  direction: "outbound",
  originSite: "1010",
  destinationSite: "1000",
  shipToId: "sap:100:0000001000",
  billOfLading: "BOL80012345",
  vehicleId: "T1",
  plannedIssueDay: "2026-08-27",
  plannedDeliveryDay: "2026-08-28",
  createdAt: aFact("2026-08-26T06:00:00Z"),
  pickedAt: null,
  issuedAt: null,
  provenAt: null,
  lines: [aDeliveryLine()],
  ...over,
});

export const aStop = (kind: OrderStop["kind"], over: Partial<OrderStop> = {}): OrderStop => ({
  ...{ kind, site: kind === "load" ? "1010" : "1000" },
  ...{ plannedArrival: null, plannedDeparture: null, arrivedAt: null, departedAt: null },
  ...{ reportedArrival: null, reportedDeparture: null, eta: null, deliveryIds: [DELIVERY_ID] },
  arrivalRecord: placeOf(aRecord("telematics.readings", "11")),
  departureRecord: placeOf(aRecord("telematics.readings", "12")),
  records: {
    plannedArrival: placeOf(aRecord("sap.VTTS", "13")),
    plannedDeparture: placeOf(aRecord("sap.VTTS", "14")),
    reportedArrival: placeOf(aRecord("sap.VTTS", "15")),
    reportedDeparture: placeOf(aRecord("sap.VTTS", "16")),
  },
  ...over,
});

export const aTrip = (over: Partial<OrderTrip> = {}): OrderTrip => ({
  id: "sap:100:0000700001",
  number: "700001",
  vehicleId: "T1",
  state: "under_way",
  stops: [aStop("load"), aStop("unload")],
  record: { topic: "sap.VTTK", partition: 0, offset: "9", timestamp: "2026-08-19T14:30:00.000Z" },
  vehicleRecord: { topic: "sap.VTTK", partition: 0, offset: "8", timestamp: "2026-08-19T14:20:00.000Z" },
  ...over,
});

export const aCrmOrder = (over: Partial<CrmOrder> = {}): CrmOrder => ({
  ...BASE,
  id: "salesforce:801A",
  record: aRecord("salesforce.OrderChangeEvent"),
  number: "00000812",
  accountId: "salesforce:001A",
  status: "Activated",
  customerReference: "4500",
  amount: { amount: "1250.00", currency: "USD" },
  effectiveDay: "2026-08-18",
  promisedDay: "2026-08-28",
  createdAt: aFact("2026-08-17T15:00:00Z"),
  activatedAt: aFact("2026-08-17T16:00:00Z", null),
  items: [],
  ...over,
});

export const anAccount = (over: Partial<CrmAccount> = {}): CrmAccount => ({
  ...BASE,
  id: "salesforce:001A",
  record: aRecord("salesforce.AccountChangeEvent"),
  ...{ name: "Acme Stores", customerNumber: "1000", phone: null, rating: null },
  ...over,
});

export const aCustomer = (over: Partial<Customer> = {}): Customer => ({
  ...BASE,
  id: "sap:100:0000001000",
  record: aRecord("sap.KNA1"),
  ...{ number: "1000", name: "Acme Stores", city: null, region: null, country: null, phone: null },
  ...{ orderBlock: null, deliveryBlock: null },
  ...over,
});

export const aCase = (over: Partial<CrmCase> = {}): CrmCase => ({
  ...BASE,
  id: "salesforce:500A",
  record: aRecord("salesforce.CaseChangeEvent"),
  ...{ number: "00001017", accountId: "salesforce:001A", subject: "Where is it?", status: "New", priority: "High" },
  ...{ orderNumber: null, createdAt: aFact("2026-08-27T12:00:00Z"), closedAt: null },
  ...over,
});

export const someParts = (over: Partial<OrderParts> = {}): OrderParts => ({
  ...{ order: anOrder(), crmOrders: [], deliveries: [], trips: [], customer: null, accounts: [], cases: [] },
  timeZoneOf: () => "America/Chicago",
  ...over,
});
