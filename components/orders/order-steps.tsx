"use client";

import { useNow } from "@/components/live/use-now.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { Order } from "@/server/contracts/order.ts";
import { differenceWords, rangeWords, whenWords } from "./milestone-words.ts";

const MINUTE_MS = 60_000;

/** The timeline as a list, for the keyboard and for readers: the same steps with the same figures and their records. */
export function OrderSteps({ timeline }: Pick<Order, "timeline">) {
  const { text, formats, locale } = usePreferences();
  const nowMs = useNow(MINUTE_MS);
  const context = { text, formats, locale, nowMs };
  const { steps, timeline: words } = text.orders;
  if (timeline.length === 0) return <p className="order-nothing dim">{words.empty}</p>;
  return (
    <table className="table" aria-label={steps.label}>
      <thead>
        <tr>
          {[steps.step, steps.system, steps.planned, steps.actual, steps.expected, steps.difference].map((head) => (
            <th key={head}>{head}</th>
          ))}
          <th>{steps.subject}</th>
          <th>{steps.record}</th>
        </tr>
      </thead>
      <tbody>
        {timeline.map((milestone, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own, and steps keep their places
          <tr key={`${milestone.source}-${milestone.kind}-${index}`}>
            <td className="strong nowrap">{words.kinds[milestone.kind]}</td>
            <td className="dim">{words.lanes[milestone.source]}</td>
            <td className="nowrap">{whenWords(milestone.planned, context)}</td>
            <td className="nowrap">{whenWords(milestone.actual, context)}</td>
            <td className="nowrap">
              {milestone.expected && !milestone.actual ? rangeWords(milestone.expected, context) : text.missing}
            </td>
            <td className="nowrap">{differenceWords(milestone.varianceMinutes, context) || text.missing}</td>
            <td className="dim">{milestone.subject ?? text.missing}</td>
            <td>{milestone.record ? <Source {...milestone.record} /> : text.missing}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
