"use client";

import { usePreferences } from "@/components/ui/preferences.tsx";
import { Source } from "@/components/ui/source.tsx";
import type { Order } from "@/server/contracts/order.ts";

/** What two systems say differently of the same thing, each with the record it was read from. */
export function OrderDisagreements({ disagreementList }: Pick<Order, "disagreementList">) {
  const { orders } = usePreferences().text;
  const words = orders.disagreements;
  if (disagreementList.length === 0) return <p className="order-nothing dim">{words.none}</p>;
  return (
    <ul className="disagreements" aria-label={words.label}>
      {disagreementList.map(({ fact, line, sides }) => (
        <li key={`${fact} ${line} ${sides.map(({ system }) => system).join()}`}>
          <p className="strong">
            {words.facts[fact]}{" "}
            {line !== null && <span className="faint">{words.lineOf(line.replace(/^0+/, ""))}</span>}
          </p>
          {sides.map(({ system, value, record }) => (
            <div key={system} className="disagreement-side">
              <span className="faint">{words.says(orders.timeline.lanes[system])}</span>
              <b>{value}</b>
              <Source {...record} />
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
