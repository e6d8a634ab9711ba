"use client";

import { memo } from "react";
import { useNow } from "@/components/live/use-now.ts";
import { LEVEL_TOKEN } from "@/components/ui/level.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { isAtRisk, orderLevel } from "./order-level.ts";
import { laneWords, missedByMs, moneyWords, reasonWords } from "./order-words.ts";

const MINUTE_MS = 60_000;

type OrderRowProps = { order: OrderSummary; sites: ReadonlyMap<string, Site> };

/** The cells of one order: how it stands and why first, then what it is worth, when it is promised and expected. */
export const OrderRow = memo(function OrderRow({ order, sites }: OrderRowProps) {
  const { text, formats, locale } = usePreferences();
  const level = orderLevel(order.risk);
  const reason = reasonWords(order.reason, formats, text);
  const lane = laneWords(order, sites, text);
  const misses = isAtRisk(order.risk) && missedByMs(order) !== null;
  return (
    <>
      <span>
        <Status level={level} word={text.orders.risks[order.risk]} />
      </span>
      <span className="order-name">
        <span className="clip strong">{order.customer.name ?? text.orders.noCustomer}</span>
        <span className="clip small dim">{[order.number, lane].filter(Boolean).join(" · ")}</span>
      </span>
      <span className="clip small dim" title={reason}>
        {reason || text.missing}
      </span>
      <span className="num">{moneyWords(order.value, locale, text.missing, "compact")}</span>
      <span className="num small dim nowrap">
        <span className="visually-hidden">{text.orders.columns.promised} </span>
        <Moment at={order.promisedAt} />
      </span>
      <span className={`num small nowrap ${misses ? `tone-${LEVEL_TOKEN[level]}` : ""}`}>
        <span className="visually-hidden">{text.orders.columns.expected} </span>
        <Moment at={order.eta} />
      </span>
    </>
  );
});

/** The part of a row that depends on what day it is. */
function Moment({ at }: { at: string | null }) {
  const { formats } = usePreferences();
  return formats.time(at, useNow(MINUTE_MS));
}
