import { expect, test } from "vitest";
import { type JudgedOrder, judgeRisk, type OrderRisk } from "./judge-risk.ts";
import type { RiskFacts } from "./order-view.ts";

const NOW = "2026-08-27T12:00:00.000Z";
const at = (hours: number): string => new Date(Date.parse(NOW) + hours * 3_600_000).toISOString();
const ms = (hours: number): number => Date.parse(at(hours));

const facts = (over: Partial<RiskFacts> = {}): RiskFacts => ({
  ...{ isStub: false, blocks: [], createdAtMs: ms(-48), arrivedAtMs: null, arrivalLateMinutes: null },
  ...{ departureDueMs: null, issueDueMs: null, missing: null, isUnconfirmed: false },
  ...over,
});
const order = (over: Partial<Omit<JudgedOrder, "facts">> = {}, its: Partial<RiskFacts> = {}): JudgedOrder => ({
  ...{ status: "confirmed", promisedAt: at(24), eta: null, etaP90: null },
  ...over,
  facts: facts(its),
});
const onTheRoad = { status: "in_transit" } as const;
const SHORT = { missing: { quantity: "120.000", material: "104711" } };

test.each<[string, OrderRisk, object | null, JudgedOrder]>([
  ["is expected in time", "on_plan", null, order({ ...onTheRoad, eta: at(20), etaP90: at(23) })],
  ["has time, and nothing is overdue", "on_plan", null, order()],
  [
    "is expected after its promise",
    "will_miss",
    { code: "late_arrival", minutes: 90 },
    order({ ...onTheRoad, eta: at(25.5), etaP90: at(27) }),
  ],
  [
    "is past its promise and not there",
    "will_miss",
    { code: "overdue", minutes: 60 },
    order({ ...onTheRoad, promisedAt: at(-1) }),
  ],
  [
    "came after its promise",
    "will_miss",
    { code: "arrived_late", minutes: 30 },
    order({ promisedAt: at(-1) }, { arrivedAtMs: ms(-0.5) }),
  ],
  [
    "came in time, and its proof is late",
    "on_plan",
    null,
    order({ ...onTheRoad, promisedAt: at(-1) }, { arrivedAtMs: ms(-2) }),
  ],
  [
    "is behind the plan of its truck",
    "late",
    { code: "behind_plan", minutes: 40 },
    order({ ...onTheRoad, eta: at(20), etaP90: at(22) }, { arrivalLateMinutes: 40 }),
  ],
  [
    "is a little behind the plan",
    "on_plan",
    null,
    order({ ...onTheRoad, eta: at(20), etaP90: at(22) }, { arrivalLateMinutes: 15 }),
  ],
  ["should have left", "late", { code: "not_departed", minutes: 45 }, order({}, { departureDueMs: ms(-0.75) })],
  ["should just have left", "on_plan", null, order({}, { departureDueMs: ms(-0.5) })],
  ["is confirmed in part", "short", { code: "not_confirmed", quantity: "120.000", text: "104711" }, order({}, SHORT)],
  [
    "was just made and is not confirmed",
    "on_plan",
    null,
    order({}, { ...SHORT, isUnconfirmed: true, createdAtMs: ms(-0.5) }),
  ],
  [
    "has waited long for any confirmation",
    "short",
    { code: "not_confirmed", quantity: "120.000", text: "104711" },
    order({}, { ...SHORT, isUnconfirmed: true }),
  ],
  [
    "may miss its promise",
    "at_risk",
    { code: "may_arrive_late", minutes: 60 },
    order({ ...onTheRoad, eta: at(23), etaP90: at(25) }),
  ],
  [
    "should have been issued",
    "at_risk",
    { code: "issue_overdue", minutes: 120 },
    order({ status: "picking" }, { issueDueMs: ms(-2) }),
  ],
  [
    "is blocked",
    "on_hold",
    { code: "blocked", text: "delivery block 01" },
    order({ status: "blocked", promisedAt: at(-5) }, { blocks: [{ code: "01", meaning: "delivery block" }] }),
  ],
  [
    "is blocked but on the road",
    "on_plan",
    null,
    order({ ...onTheRoad, eta: at(1), etaP90: at(2) }, { blocks: [{ code: "01", meaning: "delivery block" }] }),
  ],
  ["has no promise", "unknown", { code: "no_promise" }, order({ promisedAt: null })],
  ["is under way without an estimate", "unknown", { code: "no_estimate" }, order({ status: "shipped" })],
  ["is only mentioned", "unknown", { code: "only_mentioned" }, order({}, { isStub: true })],
  [
    "was delivered in time",
    "on_plan",
    null,
    order({ status: "delivered", promisedAt: at(-1) }, { arrivedAtMs: ms(-3) }),
  ],
  [
    "was delivered late",
    "on_plan",
    { code: "delivered_late", minutes: 60 },
    order({ status: "delivered", promisedAt: at(-3) }, { arrivedAtMs: ms(-2) }),
  ],
  ["was cancelled", "on_plan", null, order({ status: "cancelled", promisedAt: at(-9) }, SHORT)],
])("an order that %s is %s", (_, risk, reason, judged) => {
  expect(judgeRisk(judged, Date.parse(NOW))).toEqual({ risk, reason });
});

test("the worst comes first: a missed promise before a shortage, a shortage before a doubt", () => {
  const doubt = { ...onTheRoad, eta: at(23), etaP90: at(25) };
  expect(judgeRisk(order(doubt, SHORT), Date.parse(NOW)).risk).toBe("short");
  expect(judgeRisk(order(doubt, { ...SHORT, arrivalLateMinutes: 60 }), Date.parse(NOW)).risk).toBe("late");
  expect(judgeRisk(order({ ...doubt, eta: at(24.5) }, SHORT), Date.parse(NOW)).risk).toBe("will_miss");
});
