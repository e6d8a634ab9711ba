import type { Contract } from "../../contracts/contract.ts";
import { CANONICAL_CONTRACTS } from "../canonical/contracts.ts";
import { SALESFORCE_CONTRACTS } from "../salesforce-cdc/contracts.ts";
import { SAP_CONTRACTS } from "../sap-qlik/contracts.ts";

/** What the tower reads, format by format: a new connector adds its list here. */
export const CONTRACTS: readonly Contract[] = [...CANONICAL_CONTRACTS, ...SAP_CONTRACTS, ...SALESFORCE_CONTRACTS];

const BY_ENTITY = new Map(CONTRACTS.map((contract) => [`${contract.connector}.${contract.entity}`, contract]));

/** `null`: the connector reads it, and nobody has said what of it is used. */
export const contractOf = (connector: string, entity: string): Contract | null =>
  BY_ENTITY.get(`${connector}.${entity}`) ?? null;
