import type { Day, Money } from "../sales-order.ts";
import type { Moment } from "./moments.ts";
import type { RecordPlace } from "./order-parts.ts";

export type OrderStatus =
  | "open"
  | "confirmed"
  | "picking"
  | "shipped"
  | "in_transit"
  | "delivered"
  | "blocked"
  | "cancelled";

export type OrderMilestone = {
  kind:
    | "promised"
    | "ordered"
    | "confirmed"
    | "delivery_created"
    | "picked"
    | "at_dock"
    | "goods_issue"
    | "departed"
    | "arrived"
    | "proof_of_delivery"
    | "crm_changed"
    | "case_opened"
    | "case_closed";
  source: "salesforce" | "sap" | "truck";
  planned: Moment | null;
  actual: Moment | null;
  expected: { p50: string; p90: string } | null;
  varianceMinutes: number | null;
  subject: string | null;
  record: RecordPlace | null;
};

export type DisagreementSide = { system: "salesforce" | "sap" | "truck"; value: string; record: RecordPlace };
export type OrderDisagreement = {
  fact: "quantity" | "promised_date" | "amount" | "customer" | "status" | "vehicle" | "departure";
  line: string | null;
  sides: DisagreementSide[];
};

export type OrderViewLine = {
  line: string;
  material: string | null;
  materialDisplay: string | null;
  text: string | null;
  site: string | null;
  ordered: string | null;
  confirmed: string | null;
  delivered: string;
  unit: string | null;
};

export type OrderViewDelivery = {
  id: string;
  number: string;
  billOfLading: string | null;
  goodsIssueDate: Day | null;
  provenDate: Day | null;
  vehicleId: string | null;
  tripId: string | null;
};

/** One order across the systems, as it stands; what it risks depends on the hour and is judged from this. */
export type OrderView = {
  id: string;
  number: string;
  customerReference: string | null;
  customer: { id: string | null; name: string | null };
  status: OrderStatus;
  value: Money | null;
  requestedDate: Day | null;
  confirmedDate: Day | null;
  promisedAt: string | null;
  eta: string | null;
  etaP90: string | null;
  originSite: string | null;
  destinationSite: string | null;
  vehicleIds: string[];
  lines: OrderViewLine[];
  deliveries: OrderViewDelivery[];
  sources: { system: string; entity: string; key: string }[];
  timeline: OrderMilestone[];
  disagreementList: OrderDisagreement[];
  /** What the risk is judged by, beside the above. */
  facts: RiskFacts;
};

export type RiskFacts = {
  isStub: boolean;
  blocks: readonly { code: string; meaning: string }[];
  createdAtMs: number | null;
  /** When the last of the goods arrived, once all of them have. */
  arrivedAtMs: number | null;
  /** The worst of the arrivals still expected, against its plan, minutes. */
  arrivalLateMinutes: number | null;
  /** The first planned departure that has not happened, and the end of the day the goods were to be issued. */
  departureDueMs: number | null;
  issueDueMs: number | null;
  /** Sum over the lines of what was ordered and is not confirmed; `null` while nothing is confirmed at all. */
  missing: { quantity: string; material: string | null } | null;
  isUnconfirmed: boolean;
};
