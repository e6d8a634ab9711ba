import { type BusinessRef, factRecord } from "../domain/business-object.ts";
import type { CrmOrder, CrmOrderItem } from "../domain/crm.ts";
import type { RowFact } from "../domain/sales-order.ts";
import { orderNumberName, purchaseOrderName } from "../domain/shared-names.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { decimal, rowFact, rowsOf, text } from "./fields.ts";
import { newestRecord } from "./newest-record.ts";
import type { Projection } from "./projection.ts";
import { factOfTime, salesforceDay, salesforceId, salesforceMoney, salesforceRef } from "./salesforce-fields.ts";

/** After these nothing happens to an order any more, as organisations call it. */
const LAST_STATUSES = ["delivered", "completed", "closed", "cancelled", "canceled"];

/** Salesforce orders: Order and OrderItem. An item that names an unknown order makes a stub. */
export const crmOrder: Projection<"crm_order"> = {
  kind: "crm_order",
  entities: ["salesforce.Order", "salesforce.OrderItem"],
  linksOf: (row) => {
    const id = row.entity === "Order" ? salesforceId(row.key) : salesforceRef(row, "OrderId");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const [order = null] = rowsOf(rows, "Order");
    const items = rowsOf(rows, "OrderItem").filter((row) => !row.deleted && salesforceRef(row, "OrderId") === id);
    return order === null && items.length === 0 ? null : foldOrder(id, order, items);
  },
  relatedOf: ({ accountId, customerReference, number }) => {
    const related: BusinessRef[] = [];
    if (accountId !== null) related.push({ kind: "crm_account", id: accountId });
    if (customerReference !== null) related.push(purchaseOrderName(customerReference));
    if (number !== null) related.push(orderNumberName(number));
    return related;
  },
  termsOf: ({ number, customerReference }) => {
    const title = `Salesforce order ${number ?? customerReference ?? ""}`.trim();
    return [number, customerReference].flatMap((term) => (term === null ? [] : [{ term, title }]));
  },
};

function foldOrder(id: string, order: SourceRow | null, items: readonly SourceRow[]): CrmOrder {
  const status = order && text(order, "Status");
  const isDeleted = order?.deleted ?? false;
  return {
    id,
    isStub: order === null,
    isDeleted,
    isClosed: isDeleted || LAST_STATUSES.includes(status?.toLowerCase() ?? ""),
    record: order === null ? null : newestRecord([order, ...items]),
    headerRecord: order && factRecord(order.record),
    number: order && text(order, "OrderNumber"),
    accountId: order && salesforceRef(order, "AccountId"),
    status,
    customerReference: order && text(order, "PoNumber"),
    amount: order && salesforceMoney(order, "TotalAmount"),
    effectiveDay: order && salesforceDay(order, "EffectiveDate"),
    promisedDay: order && salesforceDay(order, "EndDate"),
    createdAt: order && createdAt(order),
    activatedAt: order && activatedAt(order),
    items: items.map(toItem),
  };
}

function createdAt(order: SourceRow): RowFact | null {
  const day = salesforceDay(order, "CreatedDate");
  return day === null ? null : factOfTime(order, "CreatedDate");
}

/** Salesforce says when it was activated, or its status shows since when it is no draft. */
function activatedAt(order: SourceRow): RowFact | null {
  if (salesforceDay(order, "ActivatedDate") !== null) return factOfTime(order, "ActivatedDate");
  const status = text(order, "Status");
  return status === null || status === "Draft" ? null : rowFact(order, "Status", null);
}

const toItem = (row: SourceRow): CrmOrderItem => ({
  id: salesforceId(row.key),
  number: text(row, "OrderItemNumber"),
  product: text(row, "Product2Id"),
  description: text(row, "Description"),
  quantity: decimal(row, "Quantity"),
  unitPrice: decimal(row, "UnitPrice"),
  record: factRecord(row.record),
});
