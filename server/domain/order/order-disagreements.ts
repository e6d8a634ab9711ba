import Big from "big.js";
import { type FactRecord, headerRecordOf } from "../business-object.ts";
import type { CrmOrder, CrmOrderItem } from "../crm.ts";
import type { SalesOrder, SalesOrderLine } from "../sales-order.ts";
import { minutesBetween, placeOf } from "./moments.ts";
import { displayOf } from "./order-lines.ts";
import { type OrderParts, type RecordPlace, type Shipping, shippingsOf, stopOf } from "./order-parts.ts";
import { isCrmCancelled, isCrmDelivered, orderStatus } from "./order-status.ts";
import type { DisagreementSide, OrderDisagreement } from "./order-view.ts";
import { statusRecord } from "./status-record.ts";

/** A truck's departure and the one reported may lie so far apart. */
const DEPARTURE_APART_MINUTES = 30;

type System = DisagreementSide["system"];
type Said = { value: string | null; record: RecordPlace | FactRecord | null };

/** Where two systems say different things of one fact, each with its record. What one does not say is no disagreement. */
export function orderDisagreements(parts: OrderParts): OrderDisagreement[] {
  const { order } = parts;
  const [crm] = parts.crmOrders;
  return [
    ...(order && crm && !order.isStub ? betweenOrders(order, crm, parts) : []),
    ...shippingsOf(parts).flatMap(ofShipping),
  ];
}

function betweenOrders(order: SalesOrder, crm: CrmOrder, parts: OrderParts): OrderDisagreement[] {
  return [
    ...quantities(order, crm),
    ...differing("promised_date", [
      ["salesforce", { value: crm.promisedDay, record: headerRecordOf(crm) }],
      ["sap", { value: order.requestedDay, record: headerRecordOf(order) }],
    ]),
    ...amounts(order, crm),
    ...names(crm, parts),
    ...statuses(crm, parts),
  ];
}

function differing(
  fact: OrderDisagreement["fact"],
  [[firstSystem, first], [secondSystem, second]]: [[System, Said], [System, Said]],
  line: string | null = null,
): OrderDisagreement[] {
  if (first.value === null || second.value === null || first.value === second.value) return [];
  if (!first.record || !second.record) return [];
  const side = (system: System, said: Said): DisagreementSide => ({
    system,
    value: said.value!,
    record: "timestampMs" in said.record! ? placeOf(said.record) : said.record!,
  });
  return [{ fact, line, sides: [side(firstSystem, first), side(secondSystem, second)] }];
}

function quantities(order: SalesOrder, crm: CrmOrder): OrderDisagreement[] {
  return order.lines
    .filter((line) => !line.isRejected)
    .flatMap((line) => {
      const item = itemOf(line, crm.items);
      if (!item?.quantity || line.ordered === null) return [];
      return differing(
        "quantity",
        [
          ["salesforce", { value: plain(item.quantity), record: item.record }],
          ["sap", { value: plain(line.ordered), record: line.orderedRecord ?? line.record }],
        ],
        line.line,
      );
    });
}

const plain = (quantity: string): string => new Big(quantity).toFixed();

/** The item about the same material, by its text or number, of several the one of the same line; else that of the line. */
function itemOf(line: SalesOrderLine, items: readonly CrmOrderItem[]): CrmOrderItem | undefined {
  const text = line.text?.toLowerCase();
  const display = line.material && displayOf(line.material);
  const says = (item: CrmOrderItem, what: string) =>
    [item.description, item.product].some(
      (said) =>
        said
          ?.toLowerCase()
          .split(/[\s,;:()]+/)
          .includes(what) ?? false,
    );
  const isSameLine = ({ number }: CrmOrderItem) =>
    number !== null && /^\d+$/.test(number) && Number(number) === Number(line.line);
  const found = [
    items.filter(({ description }) => text !== undefined && description?.toLowerCase() === text),
    items.filter((item) => display !== null && says(item, display.toLowerCase())),
    items.filter(isSameLine),
  ].find((some) => some.length > 0);
  return found?.find(isSameLine) ?? found?.[0];
}

function amounts(order: SalesOrder, crm: CrmOrder): OrderDisagreement[] {
  if (!order.value || !crm.amount || order.value.currency !== crm.amount.currency) return [];
  if (new Big(order.value.amount).eq(crm.amount.amount)) return [];
  const said = ({ amount, currency }: { amount: string; currency: string }) => `${amount} ${currency}`;
  return differing("amount", [
    ["salesforce", { value: said(crm.amount), record: headerRecordOf(crm) }],
    ["sap", { value: said(order.value), record: order.valueRecord ?? headerRecordOf(order) }],
  ]);
}

/** Numbers that are both known are equal, or the orders were not one; where one is missing, names are all there is. */
function names(crm: CrmOrder, { accounts, customer }: OrderParts): OrderDisagreement[] {
  const account = accounts.find(({ id }) => id === crm.accountId);
  if (!account?.name || !customer?.name || account.customerNumber !== null) return [];
  if (letters(account.name) === letters(customer.name)) return [];
  return differing("customer", [
    ["salesforce", { value: account.name, record: account.record }],
    ["sap", { value: customer.name, record: customer.record }],
  ]);
}

const letters = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

function statuses(crm: CrmOrder, parts: OrderParts): OrderDisagreement[] {
  const status = orderStatus(parts);
  const isCancelled = isCrmCancelled(crm);
  const hasLeft = status === "shipped" || status === "in_transit" || status === "delivered";
  const differs =
    isCancelled !== (status === "cancelled") ||
    (isCrmDelivered(crm) && status !== "delivered") ||
    (crm.status?.toLowerCase() === "draft" && hasLeft);
  if (!differs) return [];
  return differing("status", [
    ["salesforce", { value: crm.isDeleted ? "deleted" : (crm.status ?? "unknown"), record: headerRecordOf(crm) }],
    ["sap", { value: status, record: statusRecord(status, parts) }],
  ]);
}

function ofShipping(shipping: Shipping): OrderDisagreement[] {
  const { delivery, trip } = shipping;
  const load = stopOf(shipping, "load");
  return [
    ...differing("vehicle", [
      ["sap", { value: delivery.vehicleId, record: headerRecordOf(delivery) }],
      ["sap", { value: trip?.vehicleId ?? null, record: trip?.vehicleRecord ?? null }],
    ]),
    ...(load?.reportedDeparture && load.departedAt && isFarApart(load.reportedDeparture, load.departedAt)
      ? differing("departure", [
          ["sap", { value: load.reportedDeparture, record: load.records.reportedDeparture }],
          ["truck", { value: load.departedAt, record: load.departureRecord }],
        ])
      : []),
  ];
}

const isFarApart = (a: string, b: string): boolean => Math.abs(minutesBetween(a, b)) > DEPARTURE_APART_MINUTES;
