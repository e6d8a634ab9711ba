import type { DeadLetterCheck, ReplayEffect } from "../../contracts/dead-letter.ts";
import { RECORD_BYTES_MAX } from "../../contracts/outcome.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { effectsOf } from "./effects.ts";
import { explainFields, valueAt } from "./explain.ts";
import type { RecordTrial } from "./port.ts";
import { noSuchDeadLetter, positionOf } from "./position.ts";

/** `value` is the mended record; without it the original is checked. */
export type CheckDeadLetterInput = { id: string; value?: Uint8Array | undefined };

/** One event may change many rows; so many are looked at. */
const EFFECTS_MAX = 100;

/** What a replay would come to, without storing or sending anything: the connector reads the record, the rows are compared. */
export async function checkDeadLetter(context: Context, { id, value }: CheckDeadLetterInput): Promise<DeadLetterCheck> {
  requireRole(context.actor, "admin");
  if (value && value.length > RECORD_BYTES_MAX)
    throw new AppError("invalid_input", "the mended record is too large", {
      fields: [{ path: "/value", message: `at most ${RECORD_BYTES_MAX} bytes once decoded` }],
    });
  const letter = await context.deadLetters.get(positionOf(id));
  if (!letter) throw noSuchDeadLetter();
  const { mappings } = await context.sources.mapping.read();
  const trial = context.tryRecord({ ...letter, value: value ?? letter.value }, mappings);
  return {
    outcome: trial.outcome,
    reason: trial.reason,
    message: trial.message,
    contract: trial.contract?.name ?? null,
    subject: subjectOf(trial),
    fields: explainFields(trial),
    effects: await effectsFor(context, trial),
  };
}

async function effectsFor(context: Context, { changes, contract, vehicleId }: RecordTrial): Promise<ReplayEffect[]> {
  const rowTitle = contract?.rowTitle ?? "";
  if (vehicleId !== null && contract) {
    const { system, entity } = contract;
    return [{ effect: "is_read", system, entity, key: vehicleId, rowTitle, changes: [] }];
  }
  const looked = changes.slice(0, EFFECTS_MAX);
  const images = await context.snapshots.images(looked);
  return effectsOf(looked, images, (change) => titleOf(context, change) ?? rowTitle);
}

const titleOf = ({ contracts }: Context, { system, entity }: { system: string; entity: string }): string | null =>
  contracts.all.find((each) => each.system === system && each.entity === entity)?.rowTitle ?? null;

/** `Delivery 0080334612`, from what can be read of the record even while it does not fit. */
function subjectOf({ contract, document, rowPath, vehicleId, changes }: RecordTrial): string | null {
  if (!contract) return changes[0]?.key ?? null;
  if (vehicleId) return `${contract.rowTitle} ${vehicleId}`;
  const columns = contract.key.filter((column) => column !== "MANDT" && column !== "RECORD_TYPE");
  const values = columns.map((column) => valueAt(document, `${rowPath ?? ""}/${column}`));
  const known = values.filter((part) => typeof part === "string" || typeof part === "number");
  if (known.length > 0) return `${contract.rowTitle} ${known.join("/")}`;
  const named = valueAt(document, "/payload/ChangeEventHeader/recordIds/0");
  return typeof named === "string" ? `${contract.rowTitle} ${named}` : null;
}
