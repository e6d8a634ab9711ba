"use client";

import { isLoud, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ORDER_RISKS, type OrderRisk } from "@/server/contracts/order.ts";
import { orderLevel } from "./order-level.ts";

type RiskFilterProps = {
  counts: Partial<Record<OrderRisk, number>> | null;
  chosen: readonly OrderRisk[];
  onChange(risks: OrderRisk[]): void;
};

/** How many there are of each risk, worst first; pressing one shows only those. */
export function RiskFilter({ counts, chosen, onChange }: RiskFilterProps) {
  const { text, formats } = usePreferences();
  const toggled = (risk: OrderRisk) =>
    ORDER_RISKS.filter((each) => (each === risk ? !chosen.includes(each) : chosen.includes(each)));
  return (
    <fieldset className="count-filter count-filter-line risk-filter" aria-label={text.orders.risk}>
      {ORDER_RISKS.map((risk) => {
        const level = orderLevel(risk);
        const count = counts ? (counts[risk] ?? 0) : null;
        return (
          <button
            key={risk}
            type="button"
            aria-pressed={chosen.includes(risk)}
            data-none={count === 0 || undefined}
            onClick={() => onChange(toggled(risk))}
          >
            <LevelMark level={level} size={11} />
            <b className={isLoud(level) && count ? `tone-${LEVEL_TOKEN[level]}` : undefined}>{formats.number(count)}</b>
            <span className="tiny faint">{text.orders.risks[risk]}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
