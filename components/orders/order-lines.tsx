"use client";

import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Order } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { quantityWords, siteName } from "./order-words.ts";

type OrderLinesProps = { lines: Order["lines"]; sites: ReadonlyMap<string, Site> };

/** What was ordered, confirmed and delivered so far, each in the unit of its line. */
export function OrderLines({ lines, sites }: OrderLinesProps) {
  const { text, formats } = usePreferences();
  const words = text.orders.lines;
  if (lines.length === 0) return <p className="order-nothing dim">{words.empty}</p>;
  return (
    <table className="table" aria-label={words.label}>
      <thead>
        <tr>
          <th>{words.line}</th>
          <th>{words.material}</th>
          <th>{words.site}</th>
          <th className="num">{words.ordered}</th>
          <th className="num">{words.confirmed}</th>
          <th className="num">{words.delivered}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map((line) => {
          const isShort =
            line.ordered !== null && line.confirmed !== null && Number(line.confirmed) < Number(line.ordered);
          return (
            <tr key={line.line}>
              <td className="dim">{line.line.replace(/^0+/, "")}</td>
              <td>
                {line.text ?? text.missing} <span className="faint">{line.materialDisplay}</span>
              </td>
              <td>{siteName(line.site, sites, text.missing)}</td>
              <td className="num">
                {quantityWords(line.ordered, formats)} <span className="unit">{line.unit}</span>
              </td>
              <td className={isShort ? "num tone-high strong" : "num"}>
                {quantityWords(line.confirmed, formats)} <span className="unit">{line.unit}</span>
              </td>
              <td className="num">
                {quantityWords(line.delivered, formats)} <span className="unit">{line.unit}</span>
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
