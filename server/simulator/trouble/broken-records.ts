import { isoTime } from "../../platform/clock.ts";
import { SAP_TABLES } from "../documents/sap-tables.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import type { Family } from "./recent-records.ts";

/** A way to spoil a good record, and the reason for which it must be turned away. */
export type Breakage = { family: Family; reason: string; spoil(good: OutgoingRecord, nowMs: number): string };

const cutOff = ({ value }: OutgoingRecord) => value.slice(0, Math.floor(value.length / 2));
const emptied = () => "";
const TEN_MINUTES_MS = 600_000;

/** Spoils the parsed JSON. Only for what holds no number wider than a double. */
function reworked(change: (object: Record<string, unknown>, nowMs: number) => void): Breakage["spoil"] {
  return ({ value }, nowMs) => {
    const object = JSON.parse(value) as Record<string, unknown>;
    change(object, nowMs);
    return JSON.stringify(object);
  };
}

type QlikParts = {
  message: { headers: Record<string, unknown>; data: Record<string, unknown> | null; beforeData: unknown };
};
const qlik = (change: (parts: QlikParts["message"]) => void) =>
  reworked((object) => change((object as QlikParts).message));

function lastKeyColumn(topic: string): string {
  const { key } = Object.values(SAP_TABLES).find((table) => table.topic === topic)!;
  return key.at(-1)!;
}

/** In the order they are used: the families take turns. */
export const BREAKAGES: readonly Breakage[] = [
  { family: "readings", reason: "not_json", spoil: cutOff },
  { family: "sap", reason: "not_json", spoil: cutOff },
  { family: "salesforce", reason: "not_json", spoil: cutOff },
  {
    family: "readings",
    reason: "contract_violation",
    spoil: reworked((reading) => {
      reading.latitude = "forty-one";
      reading.longitude = -88;
    }),
  },
  {
    family: "sap",
    reason: "missing_key",
    spoil: (good, nowMs) => {
      const column = lastKeyColumn(good.topic);
      const spoil = qlik((message) => {
        const { [column]: _, ...keyless } = message.data ?? {};
        message.headers.operation = "UPDATE";
        message.data = keyless;
      });
      return spoil(good, nowMs);
    },
  },
  {
    family: "salesforce",
    reason: "missing_key",
    spoil: ({ value }) => value.replace(/"recordIds":\[[^\]]*\]/, '"recordIds":[]'),
  },
  {
    family: "readings",
    reason: "time_in_future",
    spoil: reworked((reading, nowMs) => {
      reading.time = isoTime(nowMs + TEN_MINUTES_MS);
    }),
  },
  {
    family: "sap",
    reason: "contract_violation",
    spoil: qlik((message) => {
      message.headers.operation = "UPSERT";
    }),
  },
  {
    family: "salesforce",
    reason: "contract_violation",
    spoil: ({ value }) => value.replace(/"commitTimestamp":\d+/, '"commitTimestamp":"yesterday"'),
  },
  {
    family: "readings",
    reason: "contract_violation",
    spoil: reworked((reading) => {
      delete reading.time;
    }),
  },
  { family: "sap", reason: "empty_value", spoil: emptied },
  {
    family: "salesforce",
    reason: "unknown_envelope",
    spoil: ({ value }) => value.replace('"payload":', '"body":'),
  },
  { family: "readings", reason: "empty_value", spoil: emptied },
  {
    family: "sap",
    reason: "unknown_envelope",
    spoil: reworked((object) => {
      object.message = { data: (object as QlikParts).message.data };
    }),
  },
  { family: "salesforce", reason: "empty_value", spoil: emptied },
  {
    family: "readings",
    reason: "unknown_envelope",
    spoil: reworked((reading) => {
      reading.schema = "reading.v9";
    }),
  },
  {
    family: "readings",
    reason: "missing_key",
    spoil: reworked((reading) => {
      delete reading.vehicleId;
    }),
  },
];
