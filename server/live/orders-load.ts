import type { Touched } from "../contracts/live-room.ts";
import type { BusinessKind, BusinessObjects } from "../domain/business-object.ts";
import { customerNumberName, orderNumberName } from "../domain/shared-names.ts";
import type { Clock } from "../platform/clock.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import { dependencyName, type FoundParts, type ReadParts } from "../services/order/read-parts.ts";
import type { SiteReader } from "../services/site/port.ts";
import { ENDED_KEPT_MAX, type OrdersPicture } from "./orders-picture.ts";
import { atEase, slices } from "./portions.ts";

const PAGE_SIZE = 500;
const ENDED_SHOWN_MS = 2 * 24 * 3_600_000;
/** Orders read together: all that belongs to them is in memory at once. */
const READ_AT_ONCE_MAX = 100;
/** A link may lead from one system to the other and back. */
const ROUNDS_MAX = 3;

export type OrdersSources = {
  objects: BusinessObjectReader;
  readParts: ReadParts;
  sites: Pick<SiteReader, "list">;
  /** Time zones by site, kept here for everybody who asks. */
  timeZones: Map<string, string | null>;
  /** Ids of ERP orders that were closed and changed since, the newest first. */
  closedOrders(sinceMs: number, limit: number): Promise<string[]>;
  now: Clock;
};

/** Every open order, page by page, and what ended lately. Those that only Salesforce knows come last, when their SAP orders are known. */
export async function loadOrders(picture: OrdersPicture, sources: OrdersSources): Promise<void> {
  await readTimeZones(sources);
  for (const kind of ["sales_order", "crm_order"] as const) {
    let afterId: string | null = null;
    do {
      const page: { id: string }[] = await sources.objects.openOf(kind, { afterId, limit: PAGE_SIZE });
      const ids = page.map(({ id }) => id).filter((id) => !isLinked(picture, kind, id));
      await readOrders(picture, sources, ids);
      afterId = page.length < PAGE_SIZE ? null : page.at(-1)!.id;
    } while (afterId !== null);
  }
  // The oldest first, as they would have ended: of too many the newest are kept.
  const closed = await sources.closedOrders(sources.now() - ENDED_SHOWN_MS, ENDED_KEPT_MAX);
  await readOrders(picture, sources, closed.reverse());
  picture.markComplete();
}

/** A Salesforce order that a SAP order in the picture has already taken in. */
const isLinked = (picture: OrdersPicture, kind: string, id: string): boolean =>
  kind === "crm_order" && picture.dependentsOf(`crm_order:${id}`).length > 0;

/** Reads what may have changed by what was touched, and nothing else. */
export async function readTouchedOrders(
  picture: OrdersPicture,
  sources: OrdersSources,
  { objects, sites }: Touched,
): Promise<void> {
  if (sites.length > 0 && (await readTimeZones(sources))) picture.recomposeAll();
  const ids = new Set<string>();
  const add = (more: Iterable<string>) => {
    for (const id of more) ids.add(id);
  };
  for (const { kind, id } of objects) {
    if (kind === "sales_order" || kind === "crm_order") ids.add(id);
    add(picture.dependentsOf(`${kind}:${id}`));
  }
  add(await ordersNamed(picture, sources.objects, objects));
  await readOrders(picture, sources, [...ids]);
}

/** Returns whether any zone is another than before. */
async function readTimeZones({ sites, timeZones }: OrdersSources): Promise<boolean> {
  let hasChanged = false;
  let afterId: string | null = null;
  do {
    const page: { id: string; timeZone: string | null }[] = await sites.list({ afterId, limit: PAGE_SIZE });
    for (const { id, timeZone } of page) {
      hasChanged ||= timeZones.get(id) !== timeZone;
      timeZones.set(id, timeZone);
    }
    afterId = page.length < PAGE_SIZE ? null : page.at(-1)!.id;
  } while (afterId !== null);
  return hasChanged;
}

/** Orders that what was touched names by now, perhaps for the first time. */
async function ordersNamed(
  picture: OrdersPicture,
  objects: BusinessObjectReader,
  touched: Touched["objects"],
): Promise<string[]> {
  const read = async <Kind extends BusinessKind>(kind: Kind): Promise<BusinessObjects[Kind][]> => {
    const ids = touched.filter((each) => each.kind === kind).map(({ id }) => id);
    return ids.length === 0 ? [] : objects.get(kind, ids);
  };
  const [deliveries, cases, accounts] = await Promise.all([read("delivery"), read("crm_case"), read("crm_account")]);
  const numbers = cases.flatMap(({ orderNumber }) => (orderNumber === null ? [] : [orderNumberName(orderNumber)]));
  const orders = numbers.length === 0 ? [] : await objects.relatedTo("sales_order", numbers);
  const crmOrders = numbers.length === 0 ? [] : await objects.relatedTo("crm_order", numbers);
  const names = [
    ...cases.flatMap(({ accountId: id }) => (id === null ? [] : [dependencyName({ kind: "crm_account", id })])),
    ...accounts.flatMap(({ customerNumber: number }) =>
      number === null ? [] : [dependencyName(customerNumberName(number))],
    ),
  ];
  return [
    ...deliveries.flatMap(({ lines }) => lines.flatMap(({ orderId }) => orderId ?? [])),
    ...[...orders, ...crmOrders].map(({ id }) => id),
    ...names.flatMap((name) => [...picture.dependentsOf(name)]),
  ];
}

/** Reads these orders and, where one is linked to another by now or was before, that one too. */
async function readOrders(picture: OrdersPicture, { readParts }: OrdersSources, ids: readonly string[]): Promise<void> {
  const done = new Set<string>();
  let next = [...new Set(ids)];
  for (let round = 0; round < ROUNDS_MAX && next.length > 0; round++) {
    const linked = new Set<string>();
    for await (const part of atEase(slices(next, READ_AT_ONCE_MAX))) {
      const found = await readParts(part);
      for (const id of part) {
        for (const other of [...picture.linkedTo(id), ...linksIn(found.get(id))]) linked.add(other);
        picture.set(id, found.get(id));
        done.add(id);
      }
    }
    next = [...linked].filter((id) => !done.has(id));
  }
}

function linksIn(found: FoundParts | undefined): string[] {
  if (!found) return [];
  if ("movedTo" in found) return [found.movedTo];
  return found.parts.order === null ? [] : found.parts.crmOrders.map(({ id }) => id);
}
