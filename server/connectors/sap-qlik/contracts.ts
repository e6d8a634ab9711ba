import type { Contract } from "../../contracts/contract.ts";
import { writeContract } from "../contracts/read-fields.ts";
import { keyColumnsOf } from "./key-columns.ts";
import { SALES_CONTRACTS } from "./sales-contracts.ts";
import { STOCK_CONTRACTS } from "./stock-contracts.ts";

/** The tables that the tower makes something of. Rows of other known tables are kept as images. */
export const SAP_CONTRACTS: readonly Contract[] = Object.entries({ ...SALES_CONTRACTS, ...STOCK_CONTRACTS }).map(
  ([table, text]) =>
    writeContract(
      {
        name: `sap.${table}`,
        connector: "sap-qlik",
        system: "sap",
        entity: table,
        topic: `sap.${table}`,
        key: [...(keyColumnsOf(table) ?? [])],
      },
      text,
    ),
);
