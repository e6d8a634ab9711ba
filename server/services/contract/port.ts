import type { Contract } from "../../contracts/contract.ts";

/** What the tower reads of each source, as the connectors define it. */
export type ContractCatalogue = {
  all: readonly Contract[];
  /** `null`: the connector reads it, and nobody has said what of it is used. */
  of(connector: string, entity: string): Contract | null;
};
