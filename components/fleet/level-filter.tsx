"use client";

import { useLive } from "@/components/live/use-live.ts";
import { isLoud, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { isChosen, levelChoices, switchChoice } from "./fleet-counts.ts";
import type { FleetView } from "./fleet-view.ts";

type LevelFilterProps = {
  view: FleetView;
  onChange(part: Partial<FleetView>): void;
};

/** How many there are of each level; pressing one shows only those. */
export function LevelFilter({ view, onChange }: LevelFilterProps) {
  const { text, formats } = usePreferences();
  const counts = useLive().pulse?.fleet ?? null;
  return (
    <fieldset className="count-filter level-filter" aria-label={text.fleet.status}>
      {levelChoices(counts, view).map((choice) => (
        <button
          key={choice.level}
          type="button"
          title={`${text.levels[choice.level]}: ${formats.number(counts ? choice.count : null)}`}
          aria-pressed={isChosen(view, choice)}
          onClick={() => onChange(switchChoice(view, choice))}
        >
          <span className="level-count">
            <LevelMark level={choice.level} size={11} />
            <b className={isLoud(choice.level) ? `tone-${LEVEL_TOKEN[choice.level]}` : undefined}>
              {formats.compact(counts ? choice.count : null)}
            </b>
          </span>
          <span className="tiny faint">{text.levels[choice.level]}</span>
        </button>
      ))}
    </fieldset>
  );
}
