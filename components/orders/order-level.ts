import type { Level } from "@/components/ui/level.ts";
import type { OrderRisk } from "@/server/contracts/order.ts";

const LEVEL_OF_RISK: Record<OrderRisk, Level> = {
  will_miss: "critical",
  late: "high",
  short: "high",
  at_risk: "watch",
  unknown: "unknown",
  on_plan: "calm",
  on_hold: "still",
};

export const orderLevel = (risk: OrderRisk): Level => LEVEL_OF_RISK[risk];

export const isAtRisk = (risk: OrderRisk): boolean =>
  risk === "will_miss" || risk === "late" || risk === "short" || risk === "at_risk";
