"use client";

import { useQuery } from "@tanstack/react-query";
import { memo } from "react";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import { Sparkline } from "@/components/ui/sparkline.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { chartedMeasures, measureName, measureQuantities, spreadMin } from "./measures.ts";
import { sparkValues } from "./spark-values.ts";
import { seriesQuery } from "./vehicle-queries.ts";

const SPAN_MS = 2 * 3_600_000;
const POINTS = 60;
const SLOTS = 48;
const REFRESH_MS = 30_000;

/** The measures that move, each with its last two hours as a line. Not drawn again for the ages that tick around it. */
export const Readings = memo(function Readings({ vehicle }: { vehicle: Vehicle }) {
  const { text, formats } = usePreferences();
  const { pausedSinceMs } = usePause();
  const { at, atMs } = useMoment();
  const names = chartedMeasures(vehicle.measures);
  const series = useQuery({
    ...seriesQuery(vehicle.id, names, POINTS, at),
    enabled: names.length > 0,
    refetchInterval: pausedSinceMs === null && at === null ? REFRESH_MS : false,
  });
  if (names.length === 0) return null;

  const toMs = atMs ?? series.dataUpdatedAt;
  const fromMs = Math.max(toMs - SPAN_MS, firstPointMs(series.data?.series ?? {}));
  return (
    <Section title={text.detail.readings} aside={text.detail.readingsSpan}>
      <div className="readings">
        {names.map((name) => {
          const values = sparkValues(series.data?.series[name] ?? [], fromMs, toMs, SLOTS);
          const quantities = measureQuantities(name, vehicle.measures[name]?.value ?? "", formats, text);
          return (
            <div key={name}>
              <div className="tiny faint">{measureName(name, text)}</div>
              <div className="between">
                <span className="reading-value">
                  {quantities.map((quantity, index) => (
                    // biome-ignore lint/suspicious/noArrayIndexKey: compartments have no other name than their place
                    <Amount key={index} quantity={quantity} strong />
                  ))}
                </span>
                <Sparkline values={values} spreadMin={spreadMin(name)} />
              </div>
            </div>
          );
        })}
      </div>
      {series.isError && <p className="small faint">{text.detail.seriesFailed}</p>}
    </Section>
  );
});

/** A vehicle that is new, or a tower that is, has less than two hours: its line uses the width it has. */
function firstPointMs(series: Record<string, { time: string }[]>): number {
  const firsts = Object.values(series).flatMap(([first]) => (first ? [Date.parse(first.time)] : []));
  return firsts.length === 0 ? 0 : Math.min(...firsts);
}
