import type { FailingField } from "../../contracts/dead-letter.ts";
import { textOf } from "../../platform/lossless.ts";

const CHANGE_TYPES = [
  "CREATE",
  "UPDATE",
  "DELETE",
  "UNDELETE",
  "GAP_CREATE",
  "GAP_UPDATE",
  "GAP_DELETE",
  "GAP_UNDELETE",
  "GAP_OVERFLOW",
] as const;

/** The part of an event's header that is used. Whole numbers are text: the commit number is 64 bits wide. */
export type ChangeEventHeader = {
  entityName: string;
  /** Record ids, or a wildcard such as `001*`. */
  recordIds: string[];
  changeType: (typeof CHANGE_TYPES)[number];
  commitTimestamp: string;
  commitNumber: string;
  sequenceNumber: string;
  nulledFields: string[];
};

const PATH = "/payload/ChangeEventHeader";
const ENTITY = /^[A-Za-z]\w{0,119}$/;
/** Ids have 15 or 18 characters; the length is not held against an event, only what an id is made of. */
const RECORD_ID = /^([A-Za-z0-9]{1,64}|[A-Za-z0-9]{1,17}\*)$/;
/** 9999-12-31: later times are not dates. */
const TIME_MS_MAX = 253_402_300_799_999;
const IDS_MAX = 1000;

export function readHeader(
  header: Record<string, unknown>,
): { header: ChangeEventHeader } | { failing: FailingField[] } {
  const failing: FailingField[] = [];
  const fail = (name: string, expected: string) => void failing.push({ path: `${PATH}/${name}`, expected });

  const { entityName, recordIds, changeType } = header;
  const isEntity = typeof entityName === "string" && ENTITY.test(entityName);
  if (!isEntity) fail("entityName", "the API name of an object");
  const isType = CHANGE_TYPES.some((type) => type === changeType);
  if (!isType) fail("changeType", `one of ${CHANGE_TYPES.join(", ")}`);
  const overflow = changeType === "GAP_OVERFLOW";
  if (!isIdList(recordIds) || (recordIds.length === 0 && !overflow)) {
    if (!(overflow && recordIds === undefined)) fail("recordIds", "record ids of letters and digits, at least one");
  }
  const whole = (name: string, digitsMax: number) => {
    const digits = textOf(header[name]);
    if (digits !== null && /^\d+$/.test(digits) && digits.length <= digitsMax) return digits;
    fail(name, `a whole number of at most ${digitsMax} digits`);
    return "0";
  };
  const commitTimestamp = whole("commitTimestamp", 15);
  const commitNumber = whole("commitNumber", 20);
  const sequenceNumber = whole("sequenceNumber", 10);
  if (Number(commitTimestamp) > TIME_MS_MAX) fail("commitTimestamp", "milliseconds since 1970, before the year 10000");
  if (failing.length > 0) return { failing };
  return {
    header: {
      entityName: entityName as string,
      recordIds: [...new Set((recordIds ?? []) as string[])],
      changeType: changeType as ChangeEventHeader["changeType"],
      commitTimestamp,
      commitNumber,
      sequenceNumber,
      nulledFields: fieldNames(header.nulledFields),
    },
  };
}

const isIdList = (value: unknown): value is string[] =>
  Array.isArray(value) && value.length <= IDS_MAX && value.every((id) => typeof id === "string" && RECORD_ID.test(id));

/** Names only: the bitmaps of the Pub/Sub API (`0x…`) mean nothing without its schema. */
const fieldNames = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((name) => typeof name === "string" && /^[A-Za-z]\w*$/.test(name)) : [];
