"use client";

import { usePreferences } from "@/components/ui/preferences.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { useDays } from "./use-days.ts";

/** The twin of the chart: each of the next 30 days in figures. */
export function ProjectionTable({ projection }: Pick<StockStory, "projection">) {
  const { text, formats } = usePreferences();
  const days = useDays();
  const { detail } = text.inventory;
  return (
    <table className="table" aria-label={detail.table}>
      <thead>
        <tr>
          <th scope="col">{detail.day}</th>
          {[detail.comes, detail.goes, detail.expected, detail.range].map((head) => (
            <th key={head} scope="col" className="num">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {projection.map(({ day, receipts, issues, expected, low, high }) => (
          <tr key={day}>
            <th scope="row">{days.full(day)}</th>
            <td className="num">{receipts > 0 ? `+${formats.number(receipts)}` : text.missing}</td>
            <td className="num">{issues > 0 ? `−${formats.number(issues)}` : text.missing}</td>
            <td className="num strong">{formats.number(expected)}</td>
            <td className="num dim">{detail.rangeOf(formats.number(low), formats.number(high))}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
