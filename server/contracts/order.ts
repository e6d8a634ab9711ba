import { z } from "zod";
import { RecordRef } from "./record-ref.ts";

const Time = z.iso.datetime({ precision: 3 });
const Day = z.iso.date();
/** Decimal text: quantities in their unit, money in its currency. */
export const Decimal = z.string().regex(/^-?\d+(\.\d+)?$/);
export const Money = z.object({ amount: Decimal, currency: z.string() });

export const ORDER_STATUSES = [
  "open",
  "confirmed",
  "picking",
  "shipped",
  "in_transit",
  "delivered",
  "blocked",
  "cancelled",
] as const;
export type OrderStatus = (typeof ORDER_STATUSES)[number];

/** Worst first, as lists sort them. */
export const ORDER_RISKS = ["will_miss", "late", "short", "at_risk", "unknown", "on_plan", "on_hold"] as const;
export type OrderRisk = (typeof ORDER_RISKS)[number];

export const MILESTONE_KINDS = [
  "promised",
  "ordered",
  "confirmed",
  "delivery_created",
  "picked",
  "at_dock",
  "goods_issue",
  "departed",
  "arrived",
  "proof_of_delivery",
  "crm_changed",
  "case_opened",
  "case_closed",
] as const;
export type MilestoneKind = (typeof MILESTONE_KINDS)[number];

/** One thing that was to happen or did. A time, or a day where the source keeps no more than the day. */
export const Milestone = z.object({
  kind: z.enum(MILESTONE_KINDS),
  /** The lane of the timeline it stands in. */
  source: z.enum(["salesforce", "sap", "truck"]),
  planned: z.union([Time, Day]).nullable(),
  actual: z.union([Time, Day]).nullable(),
  /** What is expected now of something that has not happened: the estimate, and the time it is kept with 90 % chance. */
  expected: z.object({ p50: Time, p90: Time }).nullable(),
  /** Actual, or else expected, after planned; minutes, negative when early. Days count whole. */
  varianceMinutes: z.number().int().nullable(),
  /** The document, site or vehicle it is about, as people write it. */
  subject: z.string().nullable(),
  record: RecordRef.nullable(),
});
export type Milestone = z.infer<typeof Milestone>;

/** Two systems that say different things of the same fact, each with the record it was read from. */
export const Disagreement = z.object({
  /** What they disagree on: `quantity`, `promised_date`, `amount`, `customer`, `status`, `vehicle`, `departure`. */
  fact: z.enum(["quantity", "promised_date", "amount", "customer", "status", "vehicle", "departure"]),
  line: z.string().nullable(),
  sides: z
    .array(z.object({ system: z.enum(["salesforce", "sap", "truck"]), value: z.string(), record: RecordRef }))
    .length(2),
});
export type Disagreement = z.infer<typeof Disagreement>;

export const OrderLine = z.object({
  line: z.string(),
  material: z.string().nullable(),
  materialDisplay: z.string().nullable(),
  text: z.string().nullable(),
  site: z.string().nullable(),
  ordered: Decimal.nullable(),
  confirmed: Decimal.nullable(),
  delivered: Decimal,
  unit: z.string().nullable(),
});

export const OrderDelivery = z.object({
  id: z.string(),
  number: z.string(),
  billOfLading: z.string().nullable(),
  goodsIssueDate: Day.nullable(),
  provenDate: Day.nullable(),
  vehicleId: z.string().nullable(),
  tripId: z.string().nullable(),
});

/** An order as lists and the map show it; `risk` and `eta` are judged at `asOf`. */
export const OrderSummary = z.object({
  id: z.string(),
  number: z.string(),
  customerReference: z.string().nullable(),
  customer: z.object({ id: z.string().nullable(), name: z.string().nullable() }),
  status: z.enum(ORDER_STATUSES),
  risk: z.enum(ORDER_RISKS),
  /** Why, in the words of the catalogue's key with its figures; `null` when there is nothing to say. */
  reason: z
    .object({
      code: z.string(),
      minutes: z.number().optional(),
      quantity: Decimal.optional(),
      text: z.string().optional(),
    })
    .nullable(),
  value: Money.nullable(),
  requestedDate: Day.nullable(),
  confirmedDate: Day.nullable(),
  /** The end of the promised day or window at the destination, UTC. */
  promisedAt: Time.nullable(),
  eta: Time.nullable(),
  etaP90: Time.nullable(),
  originSite: z.string().nullable(),
  destinationSite: z.string().nullable(),
  vehicleIds: z.array(z.string()),
  disagreements: z.number().int(),
  /** Rises with every change of this order: the newer of two is the greater. */
  version: z.number().int(),
});
export type OrderSummary = z.infer<typeof OrderSummary>;

export const Order = OrderSummary.extend({
  lines: z.array(OrderLine),
  deliveries: z.array(OrderDelivery),
  sources: z.array(z.object({ system: z.string(), entity: z.string(), key: z.string() })),
  timeline: z.array(Milestone),
  disagreementList: z.array(Disagreement),
});
export type Order = z.infer<typeof Order>;

/** One page of the list of orders. */
export const OrderPage = z.object({
  items: z.array(OrderSummary),
  nextCursor: z.string().nullable(),
  asOf: Time,
  /** Orders that have not ended by risk, of all that fits but for the risk. */
  counts: z.record(z.enum(ORDER_RISKS), z.number().int()),
});
export type OrderPage = z.infer<typeof OrderPage>;
