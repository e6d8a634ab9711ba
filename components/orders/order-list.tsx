"use client";

import { Button } from "@mantine/core";
import { IconPackage, IconSearchOff, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { ListSearch } from "@/components/fleet/list-search.tsx";
import { useLive } from "@/components/live/use-live.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { ExportButton, setOnly } from "@/components/ui/export-button.tsx";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";
import { ORDER_STATUSES, type OrderRisk, type OrderStatus, type OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";
import { ChoiceMenu } from "./order-filters.tsx";
import { isAtRisk } from "./order-level.ts";
import { OrderHeads, OrderTable } from "./order-table.tsx";
import { laneWords } from "./order-words.ts";
import { OrdersSkeleton } from "./orders-skeleton.tsx";
import { DUES, type Due, isFiltered, NO_FILTERS, type OrdersView } from "./orders-view.ts";
import { RiskFilter } from "./risk-filter.tsx";
import type { useOrderList } from "./use-order-list.ts";

type OrderListProps = {
  view: OrdersView;
  onChange(part: Partial<OrdersView>): void;
  list: ReturnType<typeof useOrderList>;
  sites: ReadonlyMap<string, Site>;
  onHold(held: boolean): void;
};

/** Search, filters and the list itself: everything the map shows, reached without a pointer. */
export function OrderList({ view, onChange, list, sites, onHold }: OrderListProps) {
  const { text, formats } = usePreferences();
  const all = sum(list.counts, () => true);
  const chosen = sum(list.counts, (risk) => view.risks.length === 0 || view.risks.includes(risk));
  const known = !list.loading && !(list.error && list.orders.length === 0);
  return (
    <section className="panel list-page-list order-list" aria-label={text.orders.label}>
      <div className="order-filters">
        <ListSearch
          className="order-search"
          label={text.orders.search}
          hint={text.orders.searchHint}
          value={view.text}
          onChange={(words) => onChange({ text: words })}
        />
        <Filters view={view} onChange={onChange} orders={list.orders} sites={sites} />
        <LaneChip view={view} onChange={onChange} sites={sites} />
        {isFiltered(view) && (
          <button type="button" className="link small nowrap" onClick={() => onChange(NO_FILTERS)}>
            {text.orders.clear}
          </button>
        )}
        <span className="grow" />
        <span className="small faint nowrap" role="status">
          {known && text.orders.found(formats.number(sum(list.counts, isAtRisk)), formats.number(all))}
          {list.newCount > 0 && <b className="tone-accent"> {text.orders.newRows(formats.number(list.newCount))}</b>}
        </span>
        <ExportButton
          wish={{
            kind: "orders",
            sort: view.sort,
            filter: setOnly({
              q: view.text,
              risk: view.risks,
              status: view.statuses,
              customer: view.customer,
              site: view.site,
              from: view.from,
              to: view.to,
              due: view.due,
            }),
          }}
        />
      </div>
      <RiskFilter counts={known ? list.counts : null} chosen={view.risks} onChange={(risks) => onChange({ risks })} />
      {list.error && list.orders.length > 0 && <p className="list-note small tone-high">{text.orders.refreshFailed}</p>}
      <Content view={view} onChange={onChange} list={list} sites={sites} total={chosen} onHold={onHold} />
    </section>
  );
}

const sum = (counts: Partial<Record<OrderRisk, number>>, fits: (risk: OrderRisk) => boolean) =>
  Object.entries(counts).reduce((total, [risk, count]) => total + (fits(risk as OrderRisk) ? count : 0), 0);

type ContentProps = OrderListProps & { total: number };

function Content({ view, onChange, list, sites, total, onHold }: ContentProps) {
  if (list.error && list.orders.length === 0) return <ListFailure error={list.error} onRetry={list.retry} />;
  if (list.loading) return <OrdersSkeleton />;
  if (list.orders.length === 0) return <EmptyList filtered={isFiltered(view)} onClear={() => onChange(NO_FILTERS)} />;
  const { text: words, risks, statuses, customer, site, from, to, due, sort } = view;
  return (
    <>
      <OrderHeads />
      <OrderTable
        // A new question starts at its top.
        key={JSON.stringify([words, risks, statuses, customer, site, from, to, due, sort])}
        orders={list.orders}
        total={total}
        sites={sites}
        selectedId={view.order}
        onSelect={(order) => onChange({ order })}
        onEndReached={list.loadMore}
        onHold={onHold}
      />
    </>
  );
}

type FiltersProps = {
  view: OrdersView;
  onChange(part: Partial<OrdersView>): void;
  orders: readonly OrderSummary[];
  sites: ReadonlyMap<string, Site>;
};

/** Whose order, where it leaves or goes, how far it is (any of several), when it is due. */
function Filters({ view, onChange, orders, sites }: FiltersProps) {
  const { orders: words } = usePreferences().text;
  const customers = useCustomers(orders, view.customer);
  const places = useMemo(
    () => [...sites.values()].map(({ id, name }) => ({ value: id, word: name })).sort(byWord),
    [sites],
  );
  const statuses = ORDER_STATUSES.map((status) => ({ value: status, word: words.statuses[status] }));
  const dues = DUES.map((due) => ({ value: due, word: words.dues[due] }));
  return (
    <>
      <ChoiceMenu
        name={words.anyCustomer}
        choices={customers}
        values={setOf(view.customer)}
        onChange={([customer = null]) => onChange({ customer })}
      />
      <ChoiceMenu
        name={words.anySite}
        choices={places}
        values={setOf(view.site)}
        onChange={([site = null]) => onChange({ site })}
      />
      <ChoiceMenu
        name={words.anyStatus}
        choices={statuses}
        values={view.statuses}
        several
        onChange={(values) => onChange({ statuses: values as OrderStatus[] })}
      />
      <ChoiceMenu
        name={words.anyDue}
        choices={dues}
        values={setOf(view.due)}
        onChange={([due = null]) => onChange({ due: due as Due | null })}
      />
    </>
  );
}

const setOf = (value: string | null): string[] => (value === null ? [] : [value]);

/** The flow that was pressed on the map, as long as the list shows it alone. */
function LaneChip({ view, onChange, sites }: Pick<OrderListProps, "view" | "onChange" | "sites">) {
  const { text } = usePreferences();
  if (view.from === null && view.to === null) return null;
  const lane = laneWords({ originSite: view.from, destinationSite: view.to }, sites, text);
  return (
    <button
      type="button"
      className="chip order-choice"
      data-chosen
      aria-label={text.orders.leaveLane(lane)}
      onClick={() => onChange({ from: null, to: null })}
    >
      <span className="clip">{lane}</span>
      <IconX size={12} aria-hidden="true" />
    </button>
  );
}

const byWord = (one: { word: string }, other: { word: string }) => one.word.localeCompare(other.word);

/** The customers of the orders that were loaded; those seen before stay, or a filter would leave only its own. */
function useCustomers(orders: readonly OrderSummary[], chosen: string | null) {
  const [seen] = useState(() => new Map<string, string>());
  return useMemo(() => {
    for (const { customer } of orders) if (customer.id !== null) seen.set(customer.id, customer.name ?? customer.id);
    if (chosen !== null && !seen.has(chosen)) seen.set(chosen, chosen);
    return [...seen].map(([value, word]) => ({ value, word })).sort(byWord);
  }, [orders, chosen, seen]);
}

/** Nothing to list: what is being watched, and when something last came. */
function EmptyList({ filtered, onClear }: { filtered: boolean; onClear: () => void }) {
  const { text, formats } = usePreferences();
  const { pulse } = useLive();
  if (filtered)
    return (
      <Blank
        icon={<IconSearchOff size={28} className="tone-normal" aria-hidden="true" />}
        title={text.orders.filteredTitle}
        body={text.orders.filtered}
      >
        <Button onClick={onClear}>{text.orders.clear}</Button>
      </Blank>
    );
  const feeds = pulse?.feeds.filter(({ name }) => name === "sap" || name === "salesforce") ?? [];
  const ages = feeds.flatMap(({ ageMs }) => ageMs ?? []);
  const names = feeds.map(({ name }) => text.feedBar.names[name] ?? name);
  const last = ages.length === 0 ? text.empty.never : text.empty.last(formats.age(Math.min(...ages)));
  return (
    <Blank
      icon={<IconPackage size={28} className="tone-normal" aria-hidden="true" />}
      title={text.orders.emptyTitle}
      body={`${text.orders.watching(names.join(", ") || text.feedBar.names.sap!)} ${last}`}
    />
  );
}

function ListFailure({ error, onRetry }: { error: Error; onRetry: () => void }) {
  const { text } = usePreferences();
  return (
    <ProblemState
      title={text.orders.listTitle}
      reason={failureWords(error, text)}
      stillWorks={text.orders.listStillWorks}
      reference={error instanceof ApiFailure ? error.reference : undefined}
      onRetry={onRetry}
    />
  );
}
