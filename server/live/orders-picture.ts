import { createHash } from "node:crypto";
import type { OrderSummary } from "../contracts/order.ts";
import { composeOrder } from "../domain/order/compose-order.ts";
import { type JudgedOrder, type JudgedRisk, judgeRisk } from "../domain/order/judge-risk.ts";
import type { OrderParts, OrderTrip } from "../domain/order/order-parts.ts";
import type { OrderView } from "../domain/order/order-view.ts";
import type { Clock } from "../platform/clock.ts";
import type { OrderIndex } from "../services/order/port.ts";
import { dependencyName, type FoundParts } from "../services/order/read-parts.ts";
import { findOrders, isEnded } from "./find-orders.ts";
import { presentOrderSummary } from "./present-order.ts";

type Entry = {
  summary: OrderSummary;
  /** See `detailOf`. */
  detail: string;
  /** What is judged again with the hour, without composing. */
  judgeable: JudgedOrder;
  dependsOn: ReadonlySet<string>;
  linked: readonly string[];
  /** `null` of an order that has ended: nothing is composed of it again until its own rows change. */
  parts: OrderParts | null;
};

export type PictureListener = { changed(order: OrderSummary): void; gone(id: string): void };

export type OrdersPictureDeps = {
  tripsOf(deliveryIds: readonly string[]): readonly OrderTrip[];
  now: Clock;
  listener: PictureListener;
};

/** Orders that ended lately stay in the list; so many at most. */
export const ENDED_KEPT_MAX = 2_000;
/** A wait is told anew when it has grown by so much: nobody reads it to the minute. */
const MINUTES_TOLD = 5;
/** The same of an estimate, which moves a little with every position of its truck. */
const ESTIMATE_MS_TOLD = 2 * 60_000;

/**
 * Every open order and the lately ended ones as lists show them, in memory. Open ones keep what they are composed of,
 * so that a truck's new estimate costs no question to the database.
 */
export class OrdersPicture implements OrderIndex {
  readonly #deps: OrdersPictureDeps;
  readonly #entries = new Map<string, Entry>();
  /** Orders by what their view depends on. */
  readonly #dependents = new Map<string, Set<string>>();
  /** Ids of ended orders, in the order in which they ended. */
  readonly #ended = new Set<string>();
  #isComplete = false;
  #version: number;

  constructor(deps: OrdersPictureDeps) {
    this.#deps = deps;
    // Greater than any of an earlier run, so that a page that stayed open takes the newer picture.
    this.#version = deps.now();
  }

  /** Everything that is stored has been read once. */
  markComplete(): void {
    this.#isComplete = true;
  }

  isComplete = (): boolean => this.#isComplete;

  find: OrderIndex["find"] = (filter, options) =>
    findOrders(this.#summaries(), filter, { ...options, nowMs: this.#deps.now() });

  /** Ids of the orders whose view may be another since this object changed. */
  dependentsOf = (dependency: string): readonly string[] => [...(this.#dependents.get(dependency) ?? [])];

  /** The version an order has in the list; of one that is not there, one no newer than any. */
  versionOf = (id: string): number => this.#entries.get(id)?.summary.version ?? 0;

  /** The Salesforce orders that this one was when it was last composed. */
  linkedTo = (id: string): readonly string[] => this.#entries.get(id)?.linked ?? [];

  /** What was read of an order; `undefined` when nobody knows it any more. */
  set(id: string, found: FoundParts | undefined): void {
    if (!found || "movedTo" in found) this.#drop(id);
    else this.#put(id, found.parts, found.dependsOn);
  }

  /** The trucks with these deliveries have something new to say. */
  deliveriesMoved(deliveryIds: Iterable<string>): void {
    const orders = new Set<string>();
    for (const id of deliveryIds)
      for (const order of this.dependentsOf(dependencyName({ kind: "delivery", id }))) orders.add(order);
    for (const id of orders) this.#recompose(id);
  }

  /** Composes every open order again: the time zone of a site is another by now. */
  recomposeAll(): void {
    for (const id of this.#entries.keys()) this.#recompose(id);
  }

  /** Judges every open order by the hour it is now. */
  judgeAll(): void {
    for (const [id, entry] of this.#entries) if (entry.parts !== null) this.#judge(id, entry);
  }

  *#summaries(): Iterable<OrderSummary> {
    for (const { summary } of this.#entries.values()) yield summary;
  }

  #recompose(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry?.parts) return;
    const trips = this.#deps.tripsOf(entry.parts.deliveries.map((delivery) => delivery.id));
    this.#put(id, { ...entry.parts, trips }, entry.dependsOn);
  }

  #put(id: string, parts: OrderParts, dependsOn: ReadonlySet<string>): void {
    const view = composeOrder(parts);
    const before = this.#entries.get(id);
    if (before?.dependsOn !== dependsOn) this.#index(id, before?.dependsOn, dependsOn);
    const judged = judgeRisk(view, this.#deps.now());
    const hasEnded = isEnded(view);
    // Whoever has the order open reads more of it than the list shows.
    const detail = detailOf(view);
    const summary = this.#presented(view, judged, before?.detail === detail ? before.summary : undefined);
    const linked = parts.order === null ? [] : parts.crmOrders.map((crm) => crm.id);
    const kept = hasEnded ? null : parts;
    this.#entries.set(id, { summary, detail, judgeable: judgeableOf(view), dependsOn, linked, parts: kept });
    if (summary !== before?.summary) this.#deps.listener.changed(summary);
    if (!hasEnded) this.#ended.delete(id);
    else if (!this.#ended.has(id)) this.#end(id);
  }

  /** The one before where it says the same, so that nothing is told that did not change. */
  #presented(view: OrderView, judged: JudgedRisk, before: OrderSummary | undefined): OrderSummary {
    if (before && isNear(view.eta, before.eta) && isNear(view.etaP90, before.etaP90)) {
      const reason = saysTheSame(judged.reason, before.reason) ? before.reason : judged.reason;
      const same = presentOrderSummary(
        { ...view, eta: before.eta, etaP90: before.etaP90 },
        { ...judged, reason, version: before.version },
      );
      if (JSON.stringify(same) === JSON.stringify(before)) return before;
    }
    return presentOrderSummary(view, { ...judged, version: ++this.#version });
  }

  #judge(id: string, entry: Entry): void {
    const { risk, reason } = judgeRisk(entry.judgeable, this.#deps.now());
    if (risk === entry.summary.risk && saysTheSame(reason, entry.summary.reason)) return;
    const summary = { ...entry.summary, risk, reason, version: ++this.#version };
    this.#entries.set(id, { ...entry, summary });
    this.#deps.listener.changed(summary);
  }

  #end(id: string): void {
    this.#ended.add(id);
    const [oldest] = this.#ended;
    if (this.#ended.size > ENDED_KEPT_MAX && oldest !== undefined) this.#drop(oldest);
  }

  #drop(id: string): void {
    const entry = this.#entries.get(id);
    if (!entry) return;
    this.#entries.delete(id);
    this.#ended.delete(id);
    this.#index(id, entry.dependsOn, new Set());
    this.#deps.listener.gone(id);
  }

  #index(id: string, before: ReadonlySet<string> | undefined, now: ReadonlySet<string>): void {
    for (const name of before ?? []) {
      if (now.has(name)) continue;
      const ids = this.#dependents.get(name);
      ids?.delete(id);
      if (ids?.size === 0) this.#dependents.delete(name);
    }
    for (const name of now) this.#dependents.set(name, (this.#dependents.get(name) ?? new Set()).add(id));
  }
}

/** A mark of what only the open order shows, but for estimates: those are told when they move enough for the list. */
function detailOf({ lines, deliveries, sources, timeline, disagreementList }: OrderView): string {
  const facts = timeline.map(({ expected: _, varianceMinutes: __, ...fact }) => fact);
  return createHash("sha1")
    .update(JSON.stringify([lines, deliveries, sources, facts, disagreementList]))
    .digest("base64");
}

const judgeableOf = ({ status, promisedAt, eta, etaP90, facts }: OrderView): JudgedOrder => ({
  ...{ status, promisedAt, eta, etaP90, facts },
});

function isNear(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return one === other;
  return Math.abs(Date.parse(one) - Date.parse(other)) < ESTIMATE_MS_TOLD;
}

function saysTheSame(one: OrderSummary["reason"], other: OrderSummary["reason"]): boolean {
  if (one === null || other === null) return one === other;
  const isSame = one.code === other.code && one.quantity === other.quantity && one.text === other.text;
  return isSame && Math.abs((one.minutes ?? 0) - (other.minutes ?? 0)) < MINUTES_TOLD;
}
