import type { Contract } from "../../contracts/contract.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

/** The contract of this name, such as `sap.LIKP`. */
export async function getContract(context: Context, { name }: { name: string }): Promise<Contract> {
  requireRole(context.actor, "planner");
  const contract = context.contracts.all.find((each) => each.name === name);
  if (!contract) throw new AppError("not_found", "no such contract");
  return contract;
}
