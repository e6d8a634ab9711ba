"use client";

import { memo, useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceDot,
  ReferenceLine,
  ResponsiveContainer,
  XAxis,
  YAxis,
} from "recharts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { projectionPoints, quantityTicks } from "./projection-points.ts";
import { quantityText } from "./stock-words.ts";
import { useDays } from "./use-days.ts";

const HEIGHT = 212;
const LABELS_APART_MS = 6 * 24 * 60 * 60_000;
const AXIS = { fill: "var(--wh-faint)", fontSize: 11 } as const;

type ProjectionChartProps = { story: StockStory; nowMs: number; timeZone: string | null; words: string };

/**
 * Counted stock as steps, what is projected dashed with its 90 % range, the safety line, the days below and out, and
 * receipts as verticals. The table beside it says the same.
 */
export const ProjectionChart = memo(function ProjectionChart({ story, nowMs, timeZone, words }: ProjectionChartProps) {
  const { text, formats } = usePreferences();
  const days = useDays();
  const { detail } = text.inventory;
  const shown = useMemo(() => projectionPoints(story, nowMs, timeZone), [story, nowMs, timeZone]);
  const { points, ticks, receipts, below, out } = shown;
  const safety = Number(story.position.safetyStock ?? 0);
  const quantities = quantityTicks(
    Math.max(safety, ...points.map(({ counted = 0, range = [0, 0] }) => Math.max(counted, range[1]))),
  );
  const [firstReceipt] = receipts;
  const isBelowLabelled = below !== null && (out === null || out.atMs - below.atMs > LABELS_APART_MS);
  const label = (value: string, fill: string) => ({ value, fill: `var(--wh-${fill})`, fontSize: 11 });
  return (
    <div role="img" aria-label={detail.chart(words)} className="projection-chart">
      <ResponsiveContainer width="100%" height={HEIGHT}>
        <ComposedChart data={points} margin={{ top: 18, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
          <CartesianGrid vertical={false} stroke="var(--wh-line)" />
          <XAxis
            dataKey="atMs"
            type="number"
            scale="linear"
            domain={["dataMin", "dataMax"]}
            ticks={ticks}
            tickFormatter={(atMs: number) => days.tick(atMs)}
            tick={AXIS}
            tickLine={false}
            axisLine={{ stroke: "var(--wh-line-strong)" }}
          />
          <YAxis
            domain={[0, quantities.at(-1) ?? 1]}
            ticks={quantities}
            tickFormatter={(value: number) => formats.number(value)}
            tick={AXIS}
            tickLine={false}
            axisLine={false}
            width={52}
          />
          <Area
            dataKey="range"
            type="linear"
            stroke="none"
            fill="var(--wh-accent)"
            fillOpacity={0.16}
            isAnimationActive={false}
          />
          {safety > 0 && (
            <ReferenceLine
              y={safety}
              stroke="var(--wh-high)"
              strokeDasharray="4 3"
              label={{
                ...label(detail.safety(quantityText(safety, formats)), "high"),
                position: "insideTopRight",
              }}
            />
          )}
          {receipts.map((receipt) => (
            <ReferenceLine
              key={receipt.day}
              x={receipt.atMs}
              stroke="var(--wh-good)"
              strokeDasharray="1 3"
              {...(receipt === firstReceipt && {
                label: {
                  ...label(
                    detail.receipt(quantityText(receipt.quantity, formats), days.short(receipt.day, nowMs)),
                    "good",
                  ),
                  position: "insideTopLeft" as const,
                },
              })}
            />
          ))}
          <ReferenceLine
            x={shown.nowMs}
            stroke="var(--wh-dim)"
            label={{ ...label(detail.now, "faint"), position: "top" }}
          />
          <Line
            dataKey="counted"
            type="stepAfter"
            stroke="var(--wh-text)"
            strokeWidth={1.6}
            dot={false}
            isAnimationActive={false}
          />
          <Line
            dataKey="expected"
            type="linear"
            stroke="var(--wh-accent)"
            strokeWidth={1.6}
            strokeDasharray="3 3"
            dot={false}
            isAnimationActive={false}
          />
          {below && (
            <ReferenceDot
              x={below.atMs}
              y={below.expected}
              r={4}
              fill="var(--wh-high)"
              stroke="var(--wh-panel)"
              {...(isBelowLabelled && {
                label: { ...label(detail.below(days.short(below.day, nowMs)), "high"), position: "bottom" as const },
              })}
            />
          )}
          {out && (
            <ReferenceDot
              x={out.atMs}
              y={out.expected}
              r={4}
              fill="var(--wh-critical)"
              stroke="var(--wh-panel)"
              label={{ ...label(detail.out(days.short(out.day, nowMs)), "critical"), position: "top" }}
            />
          )}
        </ComposedChart>
      </ResponsiveContainer>
    </div>
  );
});
