import type { BusinessKind, BusinessObjects, BusinessRef } from "../../domain/business-object.ts";
import type { CrmAccount, CrmCase, CrmOrder } from "../../domain/crm.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { OrderParts, OrderTrip } from "../../domain/order/order-parts.ts";
import type { SalesOrder } from "../../domain/sales-order.ts";
import {
  customerNumberName,
  orderNumberName,
  purchaseOrderName,
  sameReference,
  unpad,
} from "../../domain/shared-names.ts";
import type { BusinessObjectReader } from "../business/port.ts";

export type ReadPartsDeps = {
  objects: BusinessObjectReader;
  /** The trips that carry any of these deliveries. */
  tripsOf(deliveryIds: readonly string[]): readonly OrderTrip[];
  timeZoneOf(site: string): string | null;
};

/** What belongs to an order, or where it is found now, with the objects whose change may change that. */
export type FoundParts = { dependsOn: ReadonlySet<string> } & ({ parts: OrderParts } | { movedTo: string });

export const dependencyName = ({ kind, id }: BusinessRef): string => `${kind}:${id}`;

const isSap = (id: string): boolean => id.startsWith("sap:");

/**
 * Reads everything that belongs to these orders, of ids of SAP and of Salesforce, in a handful of questions however
 * many they are. An id that nobody knows is not in the answer.
 */
export function createReadParts(deps: ReadPartsDeps) {
  return async function readParts(ids: readonly string[]): Promise<Map<string, FoundParts>> {
    const heads = await readHeads(deps.objects, ids);
    const rest = await readRest(deps.objects, heads);
    const found = new Map<string, FoundParts>();
    for (const id of ids) {
      const parts = isSap(id) ? ofSap(id, heads, rest, deps) : ofSalesforce(id, heads, rest, deps);
      if (parts) found.set(id, parts);
    }
    return found;
  };
}

export type ReadParts = ReturnType<typeof createReadParts>;

type Heads = {
  orders: Map<string, SalesOrder>;
  crmOrders: Map<string, CrmOrder>;
  accounts: Map<string, CrmAccount>;
  /** The SAP order of a Salesforce order, by its id. */
  links: Map<string, string>;
};

/** The orders of both systems with those that may be the same, and who they are for. */
async function readHeads(objects: BusinessObjectReader, ids: readonly string[]): Promise<Heads> {
  const [asked, askedCrm] = await Promise.all([
    objects.get("sales_order", ids.filter(isSap)),
    objects.get(
      "crm_order",
      ids.filter((id) => !isSap(id)),
    ),
  ]);
  const references = [...asked, ...askedCrm].flatMap(({ customerReference }) =>
    customerReference === null ? [] : [purchaseOrderName(customerReference)],
  );
  const [others, othersCrm] = await Promise.all([
    related(objects, "sales_order", references),
    related(objects, "crm_order", references),
  ]);
  const orders = byId([...asked, ...others]);
  const crmOrders = byId([...askedCrm, ...othersCrm]);
  const accountIds = [...new Set([...crmOrders.values()].flatMap(({ accountId }) => accountId ?? []))];
  const numbers = [...orders.values()].flatMap(({ customerId }) =>
    customerId === null ? [] : [customerNumberName(numberOf(customerId))],
  );
  const [named, numbered] = await Promise.all([
    accountIds.length === 0 ? [] : objects.get("crm_account", accountIds),
    related(objects, "crm_account", numbers),
  ]);
  const accounts = byId([...named, ...numbered]);
  return { orders, crmOrders, accounts, links: linksOf(orders, crmOrders, accounts) };
}

type Rest = {
  deliveries: Delivery[];
  customers: Map<string, NonNullable<OrderParts["customer"]>>;
  cases: CrmCase[];
};

async function readRest(objects: BusinessObjectReader, { orders, crmOrders, accounts }: Heads): Promise<Rest> {
  const orderRefs = [...orders.keys()].map((id): BusinessRef => ({ kind: "sales_order", id }));
  const customerIds = [...new Set([...orders.values()].flatMap(({ customerId }) => customerId ?? []))];
  const numbers = [...orders.values(), ...crmOrders.values()].flatMap(({ number }) => number ?? []);
  const caseRefs = [
    ...numbers.map(orderNumberName),
    ...[...accounts.keys()].map((id): BusinessRef => ({ kind: "crm_account", id })),
  ];
  const [deliveries, customers, cases] = await Promise.all([
    related(objects, "delivery", orderRefs),
    customerIds.length === 0 ? [] : objects.get("customer", customerIds),
    related(objects, "crm_case", caseRefs),
  ]);
  return { deliveries, customers: byId(customers), cases };
}

/** Nothing to ask is asked nothing. */
async function related<Kind extends BusinessKind>(
  objects: BusinessObjectReader,
  kind: Kind,
  refs: readonly BusinessRef[],
): Promise<BusinessObjects[Kind][]> {
  return refs.length === 0 ? [] : objects.relatedTo(kind, refs);
}

function byId<Item extends { id: string }>(items: readonly Item[]): Map<string, Item> {
  return new Map(items.map((item) => [item.id, item]));
}

const numberOf = (id: string): string => unpad(id.slice(id.lastIndexOf(":") + 1));

/**
 * Which SAP order a Salesforce order is: the one with its purchase order number, unless both say different customers.
 * Of several the first that was not deleted, so that an order entered twice is not told twice.
 */
function linksOf(
  orders: Heads["orders"],
  crmOrders: Heads["crmOrders"],
  accounts: Heads["accounts"],
): Map<string, string> {
  const links = new Map<string, string>();
  const inOrder = [...orders.values()].sort(
    (a, b) => Number(a.isDeleted) - Number(b.isDeleted) || (a.id < b.id ? -1 : 1),
  );
  for (const crm of crmOrders.values()) {
    const account = crm.accountId === null ? undefined : accounts.get(crm.accountId);
    const order = inOrder.find((candidate) => isSameOrder(candidate, crm, account));
    if (order) links.set(crm.id, order.id);
  }
  return links;
}

function isSameOrder(order: SalesOrder, crm: CrmOrder, account: CrmAccount | undefined): boolean {
  if (order.customerReference === null || crm.customerReference === null) return false;
  if (!sameReference(order.customerReference, crm.customerReference)) return false;
  const number = account?.customerNumber ?? null;
  return number === null || order.customerId === null || unpad(number) === numberOf(order.customerId);
}

function ofSap(id: string, heads: Heads, rest: Rest, deps: ReadPartsDeps): FoundParts | null {
  const order = heads.orders.get(id);
  if (!order) return null;
  const crmOrders = [...heads.crmOrders.values()]
    .filter((crm) => heads.links.get(crm.id) === id)
    .sort((a, b) => (a.id < b.id ? -1 : 1));
  const deliveries = rest.deliveries.filter(({ lines }) => lines.some(({ orderId }) => orderId === id));
  // A number that only goods coming in or moving between plants name is that of a purchase order.
  const isPurchase = deliveries.length > 0 && deliveries.every(({ direction }) => PURCHASED.includes(direction));
  if (order.isStub && isPurchase) return null;
  const accounts = accountsOf(order, crmOrders, heads);
  const parts: OrderParts = {
    ...{ order, crmOrders, deliveries, accounts, timeZoneOf: deps.timeZoneOf },
    trips: deps.tripsOf(deliveries.map((delivery) => delivery.id)),
    customer: order.customerId === null ? null : (rest.customers.get(order.customerId) ?? null),
    cases: casesOf([order, ...crmOrders], accounts, rest),
  };
  return { parts, dependsOn: dependencies(parts, candidatesOf(order, heads)) };
}

const PURCHASED: readonly Delivery["direction"][] = ["inbound", "transfer"];

function ofSalesforce(id: string, heads: Heads, rest: Rest, deps: ReadPartsDeps): FoundParts | null {
  const crm = heads.crmOrders.get(id);
  if (!crm) return null;
  const movedTo = heads.links.get(id);
  const candidates = candidatesOf(crm, heads);
  if (movedTo !== undefined)
    return { movedTo, dependsOn: new Set([dependencyName({ kind: "crm_order", id }), ...candidates]) };
  const account = crm.accountId === null ? undefined : heads.accounts.get(crm.accountId);
  const accounts = account ? [account] : [];
  const parts: OrderParts = {
    ...{ order: null, crmOrders: [crm], deliveries: [], trips: [], customer: null, accounts },
    cases: casesOf([crm], accounts, rest),
    timeZoneOf: deps.timeZoneOf,
  };
  return { parts, dependsOn: dependencies(parts, candidates) };
}

/** Those its Salesforce orders name, and those with the customer's number. */
function accountsOf(order: SalesOrder, crmOrders: readonly CrmOrder[], { accounts }: Heads): CrmAccount[] {
  const named = crmOrders.map(({ accountId }) => accountId);
  const number = order.customerId === null ? null : numberOf(order.customerId);
  return [...accounts.values()]
    .filter(({ id, customerNumber }) => named.includes(id) || (number !== null && customerNumber === number))
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** Cases that name the order, and those of its account that name none while they are open. */
function casesOf(
  orders: readonly { number: string | null }[],
  accounts: readonly CrmAccount[],
  { cases }: Rest,
): CrmCase[] {
  const numbers = orders.flatMap(({ number }) => (number === null ? [] : [unpad(number)]));
  const accountIds = accounts.map(({ id }) => id);
  return cases.filter((each) => {
    if (each.isDeleted) return false;
    if (each.orderNumber !== null) return numbers.includes(each.orderNumber);
    return !each.isClosed && each.accountId !== null && accountIds.includes(each.accountId);
  });
}

/** Orders of either system with the same reference: whether they are one may change with their accounts. */
function candidatesOf({ customerReference }: { customerReference: string | null }, heads: Heads): string[] {
  if (customerReference === null) return [];
  const same = (other: { customerReference: string | null }) =>
    other.customerReference !== null && sameReference(other.customerReference, customerReference);
  const crmOrders = [...heads.crmOrders.values()].filter(same);
  return [
    ...[...heads.orders.values()].filter(same).map(({ id }) => dependencyName({ kind: "sales_order", id })),
    ...crmOrders.map(({ id }) => dependencyName({ kind: "crm_order", id })),
    ...crmOrders.flatMap(({ accountId: id }) => (id === null ? [] : [dependencyName({ kind: "crm_account", id })])),
  ];
}

function dependencies(parts: OrderParts, candidates: readonly string[]): Set<string> {
  const { order, crmOrders, deliveries, accounts, cases } = parts;
  const name =
    (kind: BusinessKind) =>
    ({ id }: { id: string }) =>
      dependencyName({ kind, id });
  return new Set([
    ...candidates,
    ...(order ? [order].map(name("sales_order")) : []),
    ...(order?.customerId ? namesOfCustomer(order.customerId) : []),
    ...crmOrders.map(name("crm_order")),
    ...deliveries.map(name("delivery")),
    ...accounts.map(name("crm_account")),
    ...cases.map(name("crm_case")),
  ]);
}

/** By its id, and by its number for an account that says it one day. */
const namesOfCustomer = (id: string): string[] => [
  dependencyName({ kind: "customer", id }),
  dependencyName(customerNumberName(numberOf(id))),
];
