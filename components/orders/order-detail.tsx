"use client";

import { ActionIcon, Tabs } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { useMoment } from "@/components/map/moment.ts";
import { usePause } from "@/components/shell/pause.tsx";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { LEVEL_TOKEN } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import type { Order, OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { OrderDeliveries } from "./order-deliveries.tsx";
import { OrderDisagreements } from "./order-disagreements.tsx";
import { orderLevel } from "./order-level.ts";
import { OrderLines } from "./order-lines.tsx";
import { orderQuery } from "./order-queries.ts";
import { OrderSteps } from "./order-steps.tsx";
import { OrderTimeline } from "./order-timeline.tsx";
import { missedByMs, moneyWords, reasonWords, siteName } from "./order-words.ts";
import { OrderDetailSkeleton } from "./orders-skeleton.tsx";
import { TABS, type Tab } from "./orders-view.ts";

/** Messages of the room say when it changed; this only heals what none told of, such as time that goes by. */
const REFRESH_MS = 15_000;

type OrderDetailProps = {
  id: string;
  /** As the list knows it, until the whole of it has come. */
  summary: OrderSummary | undefined;
  sites: ReadonlyMap<string, Site>;
  tab: Tab;
  onTab(tab: Tab): void;
  onClose(): void;
  /** It is known under another id since the ERP has it. */
  onMoved(id: string): void;
};

/** One order across the systems, what is to be said of it first. */
export function OrderDetail({ id, summary, sites, tab, onTab, onClose, onMoved }: OrderDetailProps) {
  const { text, formats } = usePreferences();
  const { pausedSinceMs } = usePause();
  const { at } = useMoment();
  const moves = pausedSinceMs === null && at === null;
  const query = useQuery({ ...orderQuery(id, at), refetchInterval: moves ? REFRESH_MS : false });
  const order = query.data;
  const movedTo = order && order.id !== id ? order.id : null;
  useEffect(() => {
    if (movedTo !== null) onMoved(movedTo);
  }, [movedTo, onMoved]);
  const shown = order ?? summary;
  const words = text.orders.detail;
  const count = (each: Tab) =>
    each === "disagreements" && shown && shown.disagreements > 0
      ? words.countOf(words.tabs[each], formats.number(shown.disagreements))
      : words.tabs[each];
  return (
    <section className="panel list-page-detail order-detail" aria-label={words.label(shown?.number ?? id)}>
      <Tabs
        value={tab}
        onChange={(next) => onTab((next ?? "timeline") as Tab)}
        keepMounted={false}
        className="order-tabs"
        classNames={{ panel: "scroll order-tab" }}
      >
        <div className="panel-head order-head">
          {shown && <OrderTitle order={shown} sites={sites} />}
          <span className="grow" />
          <Tabs.List aria-label={words.tabsLabel}>
            {TABS.map((each) => (
              <Tabs.Tab
                key={each}
                value={each}
                leftSection={
                  each === "disagreements" && shown && shown.disagreements > 0 ? (
                    <LevelMark level="watch" size={11} />
                  ) : undefined
                }
              >
                {count(each)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <ActionIcon aria-label={words.close} onClick={onClose}>
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </div>
        {order ? (
          <OrderPanels order={order} sites={sites} />
        ) : query.error ? (
          <DetailFailure id={id} error={query.error} onRetry={() => void query.refetch()} />
        ) : (
          <OrderDetailSkeleton />
        )}
      </Tabs>
    </section>
  );
}

function OrderPanels({ order, sites }: { order: Order; sites: ReadonlyMap<string, Site> }) {
  return (
    <>
      <Tabs.Panel tabIndex={0} value="timeline">
        <OrderTimeline order={order} />
      </Tabs.Panel>
      <Tabs.Panel tabIndex={0} value="steps">
        <OrderSteps timeline={order.timeline} />
      </Tabs.Panel>
      <Tabs.Panel tabIndex={0} value="lines">
        <OrderLines lines={order.lines} sites={sites} />
      </Tabs.Panel>
      <Tabs.Panel tabIndex={0} value="deliveries">
        <OrderDeliveries deliveries={order.deliveries} sources={order.sources} />
      </Tabs.Panel>
      <Tabs.Panel tabIndex={0} value="disagreements">
        <OrderDisagreements disagreementList={order.disagreementList} />
      </Tabs.Panel>
    </>
  );
}

/** Which order it is, how it stands and by how much, for whom and what it is worth. */
function OrderTitle({ order, sites }: { order: OrderSummary; sites: ReadonlyMap<string, Site> }) {
  const { text, formats, locale } = usePreferences();
  const { orders, missing } = text;
  const level = orderLevel(order.risk);
  const byMs = order.risk === "will_miss" || order.risk === "late" ? missedByMs(order) : null;
  const risk = orders.risks[order.risk];
  const state = byMs === null ? risk : orders.detail.missBy(risk, formats.duration(byMs));
  const facts = [
    order.customer.name ?? orders.noCustomer,
    order.destinationSite && siteName(order.destinationSite, sites, missing),
    order.customerReference && orders.detail.reference(order.customerReference),
    moneyWords(order.value, locale, missing, "standard"),
    orders.statuses[order.status],
    byMs === null && reasonWords(order.reason, formats, text),
  ];
  return (
    <>
      <LevelMark level={level} size={14} />
      <h2 className="title nowrap">{orders.detail.title(order.number)}</h2>
      <b className={`small nowrap tone-${LEVEL_TOKEN[level]}`}>{state}</b>
      <span className="clip small dim order-facts">{facts.filter(Boolean).join(" · ")}</span>
    </>
  );
}

function DetailFailure({ id, error, onRetry }: { id: string; error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  const { detail, listStillWorks } = text.orders;
  const unknown = error instanceof ApiFailure && error.status === 404;
  if (unknown) return <ProblemState title={detail.notFound(id)} reason={detail.notFoundBody} stillWorks="" />;
  return (
    <ProblemState
      title={detail.failed}
      reason={failureWords(error, text)}
      stillWorks={listStillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
