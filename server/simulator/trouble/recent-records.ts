import { READINGS_TOPIC } from "../../contracts/topics.ts";
import type { Outgoing, OutgoingRecord } from "../outgoing.ts";

export type Family = "readings" | "sap" | "salesforce";
const KEPT_MAX = 64;

/** The last good records of each family, to be repeated or spoilt. */
export function createRecentRecords(vehicles: number) {
  const kept: Record<Family, OutgoingRecord[]> = { readings: [], sap: [], salesforce: [] };
  // Among so few a vehicle has at most its last two or three readings: a reader need not look back far.
  const readingsMax = Math.max(1, Math.min(KEPT_MAX, 2 * vehicles));

  return {
    keep({ record, effect }: Outgoing): void {
      if (effect.kind !== "reading" && effect.kind !== "changes") return;
      // A row of a full load has no position of its own, so its repeat could not be told from a second load.
      if (effect.kind === "changes" && effect.changes.some(({ position }) => position === null)) return;
      const list = kept[familyOf(record.topic)];
      list.push(record);
      if (list.length > (effect.kind === "reading" ? readingsMax : KEPT_MAX)) list.shift();
    },
    of: (family: Family): readonly OutgoingRecord[] => kept[family],
  };
}

export function familyOf(topic: string): Family {
  if (topic === READINGS_TOPIC) return "readings";
  return topic.startsWith("salesforce.") ? "salesforce" : "sap";
}
