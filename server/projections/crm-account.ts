import { factRecord } from "../domain/business-object.ts";
import type { CrmAccount } from "../domain/crm.ts";
import { customerNumberName } from "../domain/shared-names.ts";
import { rowsOf, text, unpad } from "./fields.ts";
import type { Projection } from "./projection.ts";
import { salesforceId, salesforceRef } from "./salesforce-fields.ts";

/** Salesforce accounts. An order or a case that names an unknown one makes a stub. */
export const crmAccount: Projection<"crm_account"> = {
  kind: "crm_account",
  entities: ["salesforce.Account", "salesforce.Order", "salesforce.Case"],
  mentionedBy: ["salesforce.Order", "salesforce.Case"],
  linksOf: (row) => {
    if (row.entity === "Account") return [salesforceId(row.key)];
    const id = row.deleted ? null : salesforceRef(row, "AccountId");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const [account = null] = rowsOf(rows, "Account");
    const number = account && text(account, "AccountNumber");
    return {
      id,
      isStub: account === null,
      isDeleted: account?.deleted ?? false,
      isClosed: account?.deleted ?? false,
      record: account && factRecord(account.record),
      name: account && text(account, "Name"),
      customerNumber: number && unpad(number),
      phone: account && text(account, "Phone"),
      rating: account && text(account, "Rating"),
    } satisfies CrmAccount;
  },
  relatedOf: ({ customerNumber }) => (customerNumber === null ? [] : [customerNumberName(customerNumber)]),
  termsOf: ({ name, customerNumber }) =>
    [name, customerNumber].flatMap((term) => (term === null ? [] : [{ term, title: name ?? term }])),
};
