"use client";

import { IconPackage, IconTruck } from "@tabler/icons-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { documentNumber, quantityText } from "./stock-words.ts";
import { useDays } from "./use-days.ts";

const SHOWN_MAX = 8;

type StockFlowsProps = { story: StockStory; nowMs: number; siteNameOf(site: string): string };

/** What orders have reserved, what trucks bring, and what is on order. */
export function StockFlows({ story, nowMs, siteNameOf }: StockFlowsProps) {
  const { text, formats } = usePreferences();
  const days = useDays();
  const { detail } = text.inventory;
  const quantity = (value: string) => quantityText(value, formats);
  const dayOf = (day: string | null) => (day === null ? detail.noDay : days.full(day));
  return (
    <>
      <Section title={detail.figures.inTransit} aside={`${quantity(story.position.inTransit)} ${story.position.unit}`}>
        <Flows empty={detail.nothingInTransit} count={story.inTransit.length}>
          {keyed(story.inTransit, ({ deliveryId }) => deliveryId).map(([key, goods]) => (
            <Flow
              key={key}
              what={
                <>
                  {detail.delivery(documentNumber(goods.deliveryId))}{" "}
                  {goods.vehicleId && (
                    <Link className="link" href={`/fleet?vehicle=${encodeURIComponent(goods.vehicleId)}`}>
                      <IconTruck size={13} aria-hidden="true" /> {detail.truck(goods.vehicleId)}
                    </Link>
                  )}
                </>
              }
              more={[
                goods.fromSite && detail.from(siteNameOf(goods.fromSite)),
                goods.eta ? detail.arrives(formats.time(goods.eta, nowMs)) : detail.noEta,
              ]}
              quantity={`+${quantity(goods.quantity)}`}
            />
          ))}
        </Flows>
      </Section>
      <Section title={detail.figures.onOrder} aside={`${quantity(story.position.onOrder)} ${story.position.unit}`}>
        <Flows empty={detail.nothingOnOrder} count={story.onOrder.length}>
          {keyed(story.onOrder, ({ purchaseOrderId }) => purchaseOrderId).map(([key, order]) => (
            <Flow
              key={key}
              what={detail.purchase(documentNumber(order.purchaseOrderId))}
              more={[dayOf(order.day)]}
              quantity={`+${quantity(order.quantity)}`}
            />
          ))}
        </Flows>
      </Section>
      <Section title={detail.figures.reserved} aside={`${quantity(story.position.reserved)} ${story.position.unit}`}>
        <Flows empty={detail.nothingReserved} count={story.reservations.length}>
          {keyed(story.reservations, ({ orderId }) => orderId).map(([key, reserved]) => (
            <Flow
              key={key}
              what={
                <Link className="link" href={`/orders?order=${encodeURIComponent(reserved.orderId)}`}>
                  <IconPackage size={13} aria-hidden="true" /> {detail.order(documentNumber(reserved.orderId))}
                </Link>
              }
              more={[dayOf(reserved.day)]}
              quantity={`−${quantity(reserved.quantity)}`}
            />
          ))}
        </Flows>
      </Section>
    </>
  );
}

/** The first of them, each with a key: a document may come several times, once for each day. */
function keyed<Item>(items: readonly Item[], idOf: (item: Item) => string): [key: string, item: Item][] {
  const times = new Map<string, number>();
  return items.slice(0, SHOWN_MAX).map((item) => {
    const time = times.get(idOf(item)) ?? 0;
    times.set(idOf(item), time + 1);
    return [`${idOf(item)}-${time}`, item];
  });
}

function Flows({ empty, count, children }: { empty: string; count: number; children: ReactNode }) {
  const { text, formats } = usePreferences();
  if (count === 0) return <p className="small faint flows-empty">{empty}</p>;
  return (
    <ul className="flows">
      {children}
      {count > SHOWN_MAX && (
        <li className="small faint">{text.inventory.detail.more(formats.number(count - SHOWN_MAX))}</li>
      )}
    </ul>
  );
}

type FlowProps = { what: ReactNode; more: (string | null)[]; quantity: string };

function Flow({ what, more, quantity }: FlowProps) {
  return (
    <li className="flow">
      <span className="clip">{what}</span>
      <span className="num strong">{quantity}</span>
      <span className="small faint clip">{more.filter(Boolean).join(" · ")}</span>
    </li>
  );
}
