import type { OrderView } from "./order-view.ts";

export type OrderRisk = "will_miss" | "late" | "short" | "at_risk" | "unknown" | "on_plan" | "on_hold";

/** What is judged of an order. */
export type JudgedOrder = Pick<OrderView, "status" | "promisedAt" | "eta" | "etaP90" | "facts">;

/** Why, as a key of the catalogue of words with its figures. */
export type RiskReason = { code: string; minutes?: number; quantity?: string; text?: string };
export type JudgedRisk = { risk: OrderRisk; reason: RiskReason | null };

/** Earlier than this nothing is called late: signals and plans are not kept to the minute. */
const LATE_MINUTES = 15;
const DEPARTURE_LATE_MINUTES = 30;
/** So long the ERP may take to confirm what was just ordered. */
const UNCONFIRMED_MINUTES_MAX = 60;
const MINUTE_MS = 60_000;

const ON_PLAN: JudgedRisk = { risk: "on_plan", reason: null };

/**
 * What an order risks at a moment, the worst first: that its promise will be or is missed, that it is late on its way,
 * that less is confirmed than was ordered, that the promise is in danger. What has ended risks nothing.
 */
export function judgeRisk(order: JudgedOrder, nowMs: number): JudgedRisk {
  if (order.status === "cancelled") return ON_PLAN;
  if (order.status === "delivered") return ended(order);
  if (isHeld(order)) return held(order);
  return (
    willMiss(order, nowMs) ??
    late(order, nowMs) ??
    short(order, nowMs) ??
    atRisk(order, nowMs) ??
    unknown(order) ??
    ON_PLAN
  );
}

const minutes = (ms: number): number => Math.round(ms / MINUTE_MS);
const msOf = (time: string | null): number | null => (time === null ? null : Date.parse(time));

function ended(order: JudgedOrder): JudgedRisk {
  const promisedMs = msOf(order.promisedAt);
  const { arrivedAtMs } = order.facts;
  if (promisedMs === null || arrivedAtMs === null || arrivedAtMs <= promisedMs) return ON_PLAN;
  return { risk: "on_plan", reason: { code: "delivered_late", minutes: minutes(arrivedAtMs - promisedMs) } };
}

/** A block stops what has not left yet. */
const isHeld = ({ status, facts }: JudgedOrder): boolean =>
  facts.blocks.length > 0 && status !== "shipped" && status !== "in_transit";

function held({ facts }: JudgedOrder): JudgedRisk {
  const [{ code, meaning }] = facts.blocks as [{ code: string; meaning: string }];
  return { risk: "on_hold", reason: { code: "blocked", text: `${meaning} ${code}` } };
}

function willMiss({ promisedAt, eta, facts }: JudgedOrder, nowMs: number): JudgedRisk | null {
  const promisedMs = msOf(promisedAt);
  if (promisedMs === null) return null;
  const missed = (code: string, atMs: number): JudgedRisk => ({
    risk: "will_miss",
    reason: { code, minutes: minutes(atMs - promisedMs) },
  });
  if (facts.arrivedAtMs !== null)
    return facts.arrivedAtMs > promisedMs ? missed("arrived_late", facts.arrivedAtMs) : null;
  const etaMs = msOf(eta);
  if (etaMs !== null && etaMs > promisedMs) return missed("late_arrival", etaMs);
  return nowMs > promisedMs ? missed("overdue", nowMs) : null;
}

function late({ facts }: JudgedOrder, nowMs: number): JudgedRisk | null {
  if (facts.arrivedAtMs !== null) return null;
  if (facts.arrivalLateMinutes !== null && facts.arrivalLateMinutes > LATE_MINUTES)
    return { risk: "late", reason: { code: "behind_plan", minutes: facts.arrivalLateMinutes } };
  if (facts.departureDueMs === null) return null;
  const overdueMinutes = minutes(nowMs - facts.departureDueMs);
  if (overdueMinutes <= DEPARTURE_LATE_MINUTES) return null;
  return { risk: "late", reason: { code: "not_departed", minutes: overdueMinutes } };
}

function short({ facts }: JudgedOrder, nowMs: number): JudgedRisk | null {
  if (facts.missing === null) return null;
  const isFresh = facts.createdAtMs !== null && minutes(nowMs - facts.createdAtMs) < UNCONFIRMED_MINUTES_MAX;
  if (facts.isUnconfirmed && isFresh) return null;
  const { quantity, material } = facts.missing;
  return { risk: "short", reason: { code: "not_confirmed", quantity, ...(material !== null && { text: material }) } };
}

function atRisk({ promisedAt, etaP90, facts }: JudgedOrder, nowMs: number): JudgedRisk | null {
  const promisedMs = msOf(promisedAt);
  const p90Ms = msOf(etaP90);
  if (promisedMs !== null && p90Ms !== null && p90Ms > promisedMs && facts.arrivedAtMs === null)
    return { risk: "at_risk", reason: { code: "may_arrive_late", minutes: minutes(p90Ms - promisedMs) } };
  if (facts.issueDueMs !== null && nowMs > facts.issueDueMs)
    return { risk: "at_risk", reason: { code: "issue_overdue", minutes: minutes(nowMs - facts.issueDueMs) } };
  return null;
}

function unknown({ status, promisedAt, eta, facts }: JudgedOrder): JudgedRisk | null {
  if (facts.isStub) return { risk: "unknown", reason: { code: "only_mentioned" } };
  if (promisedAt === null) return { risk: "unknown", reason: { code: "no_promise" } };
  const isUnderWay = status === "shipped" || status === "in_transit";
  if (isUnderWay && eta === null && facts.arrivedAtMs === null)
    return { risk: "unknown", reason: { code: "no_estimate" } };
  return null;
}
