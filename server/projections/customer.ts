import { factRecord } from "../domain/business-object.ts";
import type { Customer } from "../domain/customer.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { isFlagged, newestOf, rowsOf, sapRef, text, unpad } from "./fields.ts";
import type { Projection } from "./projection.ts";
import { termsOfName } from "./terms.ts";

/** SAP's customers: KNA1, and stubs of those that only orders and deliveries name. */
export const customer: Projection<"customer"> = {
  kind: "customer",
  entities: ["sap.KNA1", "sap.VBAK", "sap.LIKP"],
  mentionedBy: ["sap.VBAK", "sap.LIKP"],
  linksOf(row) {
    const id = sapRef(row, "KUNNR");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    const own = newestOf(rowsOf(rows, "KNA1"));
    const number = unpad(id.split(":").at(-1)!);
    return own ? toCustomer(id, number, own) : aStub(id, number);
  },
  relatedOf: () => [],
  termsOf({ number, name, city }) {
    const title = [number, name, city].filter((part) => part !== null).join(" · ");
    return [{ term: number, title }, ...termsOfName(name, title)];
  },
};

function toCustomer(id: string, number: string, row: SourceRow): Customer {
  const isDeleted = row.deleted || isFlagged(row, "LOEVM");
  return {
    ...{ id, number, isStub: false, isDeleted, isClosed: isDeleted, record: factRecord(row.record) },
    name: text(row, "NAME1"),
    city: text(row, "ORT01"),
    region: text(row, "REGIO"),
    country: text(row, "LAND1"),
    phone: text(row, "TELF1"),
    orderBlock: text(row, "AUFSD"),
    deliveryBlock: text(row, "LIFSD"),
  };
}

function aStub(id: string, number: string): Customer {
  const base = { id, number, isStub: true, isDeleted: false, isClosed: false, record: null };
  const unknown = { name: null, city: null, region: null, country: null, phone: null };
  return { ...base, ...unknown, orderBlock: null, deliveryBlock: null };
}
