import { type BusinessRef, factRecord } from "../domain/business-object.ts";
import type { CrmCase } from "../domain/crm.ts";
import type { RowFact } from "../domain/sales-order.ts";
import { orderNumberName } from "../domain/shared-names.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { rowFact, rowsOf, text, unpad } from "./fields.ts";
import type { Projection } from "./projection.ts";
import { factOfTime, salesforceDay, salesforceId, salesforceRef } from "./salesforce-fields.ts";

const CLOSED = ["closed", "resolved"];
/** The number after the word "order", else any that is long enough to be a document's. */
const AFTER_THE_WORD = /\b(?:sales\s+)?order\s*(?:no\.?|number|nr\.?)?\s*[:#]?\s*(\d{4,10})\b/i;
const DOCUMENT_NUMBER = /(?<![\d-])(\d{7,10})(?![\d-])/;

/** Salesforce cases. */
export const crmCase: Projection<"crm_case"> = {
  kind: "crm_case",
  entities: ["salesforce.Case"],
  linksOf: ({ key }) => [salesforceId(key)],
  fold(id, rows) {
    const [row] = rowsOf(rows, "Case");
    return row ? foldCase(id, row) : null;
  },
  relatedOf: ({ accountId, orderNumber }) => {
    const related: BusinessRef[] = [];
    if (accountId !== null) related.push({ kind: "crm_account", id: accountId });
    if (orderNumber !== null) related.push(orderNumberName(orderNumber));
    return related;
  },
  termsOf: ({ number, subject }) =>
    number === null
      ? []
      : [{ term: number, title: subject === null ? `Case ${number}` : `Case ${number}: ${subject}` }],
};

function foldCase(id: string, row: SourceRow): CrmCase {
  const status = text(row, "Status");
  const subject = text(row, "Subject");
  const closed = closedAt(row, status);
  return {
    id,
    isStub: false,
    isDeleted: row.deleted,
    isClosed: row.deleted || closed !== null,
    record: factRecord(row.record),
    number: text(row, "CaseNumber"),
    accountId: salesforceRef(row, "AccountId"),
    subject,
    status,
    priority: text(row, "Priority"),
    orderNumber: orderNumberIn(subject ?? ""),
    createdAt: openedAt(row),
    closedAt: closed,
  };
}

/** An order's number in what a person wrote, without leading zeros. */
export function orderNumberIn(subject: string): string | null {
  const found = AFTER_THE_WORD.exec(subject)?.[1] ?? DOCUMENT_NUMBER.exec(subject)?.[1];
  return found === undefined ? null : unpad(found);
}

function openedAt(row: SourceRow): RowFact | null {
  if (salesforceDay(row, "CreatedDate") !== null) return factOfTime(row, "CreatedDate");
  return text(row, "CaseNumber") === null ? null : rowFact(row, "CaseNumber", null);
}

function closedAt(row: SourceRow, status: string | null): RowFact | null {
  if (salesforceDay(row, "ClosedDate") !== null) return factOfTime(row, "ClosedDate");
  return CLOSED.includes(status?.toLowerCase() ?? "") ? rowFact(row, "Status", null) : null;
}
