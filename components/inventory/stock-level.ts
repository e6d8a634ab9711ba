import type { Level } from "@/components/ui/level.ts";
import type { StockHealth } from "@/server/contracts/stock.ts";

const LEVEL_OF_HEALTH: Record<StockHealth, Level> = {
  out: "critical",
  below_safety: "high",
  low_soon: "watch",
  unknown: "unknown",
  healthy: "calm",
  overstock: "still",
};

export const stockLevel = (health: StockHealth): Level => LEVEL_OF_HEALTH[health];

/** Materials of a site that need somebody. */
export const shortCount = (counts: Partial<Record<StockHealth, number>>): number =>
  (counts.out ?? 0) + (counts.below_safety ?? 0) + (counts.low_soon ?? 0);
