"use client";

import { isLoud, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { STOCK_HEALTHS, type StockHealth } from "@/server/contracts/stock.ts";
import { stockLevel } from "./stock-level.ts";

type HealthFilterProps = {
  chosen: readonly StockHealth[];
  counts: Partial<Record<StockHealth, number>> | null;
  onChange(healths: StockHealth[]): void;
};

/** How many there are of each health; pressing one shows only those. */
export function HealthFilter({ chosen, counts, onChange }: HealthFilterProps) {
  const { text, formats } = usePreferences();
  const { inventory } = text;
  const switched = (health: StockHealth) =>
    STOCK_HEALTHS.filter((each) => (each === health ? !chosen.includes(each) : chosen.includes(each)));
  return (
    <fieldset className="count-filter count-filter-line health-filter" aria-label={inventory.status}>
      {STOCK_HEALTHS.map((health) => {
        const level = stockLevel(health);
        const count = counts ? (counts[health] ?? 0) : null;
        return (
          <button
            key={health}
            type="button"
            aria-pressed={chosen.includes(health)}
            onClick={() => onChange(switched(health))}
          >
            <LevelMark level={level} size={11} />
            <span className="faint">{inventory.healths[health]}</span>
            <b className={isLoud(level) && count ? `tone-${LEVEL_TOKEN[level]}` : undefined}>{formats.number(count)}</b>
          </button>
        );
      })}
    </fieldset>
  );
}
