import type { Outgoing, RowChange } from "../outgoing.ts";

export type CrmEntity = "Order" | "OrderItem" | "Account" | "Case";
export const crmTopic = (entity: CrmEntity): string => `salesforce.${entity}ChangeEvent`;
const SCHEMA_ID = "IeRuaY6cbI_HsV8Rv1Mc5g";
const CHANGE_ORIGIN = "com/salesforce/api/rest/63.0;client=OMS";
const INTEGRATION_USER = "0055g00000ABcdeAAG";
const EPOCH_MS = Date.UTC(2026, 0, 1);
/** So many numbers a millisecond, from 1970: commit numbers stand above 2^53, where a double no longer tells them apart. */
const COMMIT_NUMBERS_PER_MS = 8192n;

/** An exact number: written as a literal with just these digits. */
export class Decimal {
  constructor(readonly digits: string) {}

  /** In the truth a decimal is text and a whole number a number, as everywhere behind the log. */
  toJSON(): string | number {
    const whole = Number(this.digits);
    return Number.isSafeInteger(whole) && String(whole) === this.digits ? whole : this.digits;
  }
}

export type CrmFields = Readonly<
  Record<string, string | number | boolean | null | Decimal | Readonly<Record<string, string>>>
>;
type ChangeType = "CREATE" | "UPDATE" | "DELETE" | "UNDELETE" | "GAP_UPDATE";

const OPERATIONS = {
  CREATE: "create",
  UPDATE: "update",
  DELETE: "delete",
  UNDELETE: "create",
  GAP_UPDATE: "gap",
} as const satisfies Record<ChangeType, RowChange["operation"]>;

/**
 * Writes change events as Salesforce's Streaming API sends them: all fields that are set on CREATE and UNDELETE, the
 * changed ones on UPDATE, none on DELETE and GAP. The source's order is the order of these calls.
 */
export function createSalesforceLog(nextOrder: () => number) {
  let commitNumber = 0n;
  let replayId = 0;

  return function write(
    entity: CrmEntity,
    type: ChangeType,
    recordIds: readonly string[],
    fields: CrmFields,
    timeMs: number,
  ): Outgoing {
    commitNumber = largest(commitNumber + 1n, BigInt(timeMs) * COMMIT_NUMBERS_PER_MS + 1n);
    replayId = Math.max(replayId + 1, (timeMs - EPOCH_MS) * 4);
    const header = {
      entityName: entity,
      recordIds,
      changeType: type,
      changeOrigin: CHANGE_ORIGIN,
      transactionKey: transactionKey(commitNumber),
      sequenceNumber: 1,
      commitTimestamp: timeMs,
      commitNumber: new Decimal(String(commitNumber)),
      commitUser: INTEGRATION_USER,
      nulledFields: [],
      diffFields: [],
      changedFields: type === "UPDATE" ? Object.keys(fields) : [],
    };
    const payload = jsonText({ ChangeEventHeader: header, ...fields });
    const value = `{"schema":"${SCHEMA_ID}","payload":${payload},"event":{"replayId":${replayId}}}`;
    const shared = { operation: OPERATIONS[type], fields, position: String(commitNumber), order: nextOrder() };
    const changes = recordIds.map((key): RowChange => ({ system: "salesforce", entity, key, ...shared }));
    const record = { topic: crmTopic(entity), key: recordIds[0]!, value, timestampMs: timeMs };
    return { record, effect: { kind: "changes", changes } };
  };
}

/** JSON with exact numbers: `JSON.stringify` would round a commit number. */
function jsonText(object: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(object).map(([name, value]) => `${JSON.stringify(name)}:${valueText(value)}`);
  return `{${parts.join(",")}}`;
}

function valueText(value: unknown): string {
  if (value instanceof Decimal) return value.digits;
  const isPlainObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlainObject ? jsonText(value as Record<string, unknown>) : JSON.stringify(value);
}

function transactionKey(commitNumber: bigint): string {
  const hex = commitNumber.toString(16).padStart(32, "0");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}

const largest = (a: bigint, b: bigint): bigint => (a > b ? a : b);
