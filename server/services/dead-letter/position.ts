import { AppError } from "../../platform/errors.ts";
import type { RecordPosition } from "../ports.ts";

const OFFSET_MAX = 2n ** 63n - 1n;
const PARTITION_MAX = 2 ** 31 - 1;

/** Reads `topic~partition~offset`. An id of another shape names nothing, so it is not found. */
export function positionOf(deadLetterId: string): RecordPosition {
  const match = /^([\w.-]{1,249})~(\d{1,10})~(\d{1,19})$/.exec(deadLetterId);
  const [, topic = "", partition = "", offset = ""] = match ?? [];
  if (!match || Number(partition) > PARTITION_MAX || BigInt(offset) > OFFSET_MAX) throw noSuchDeadLetter();
  return { topic, partition: Number(partition), offset: BigInt(offset) };
}

export function noSuchDeadLetter(): AppError {
  return new AppError("not_found", "no such dead letter");
}
