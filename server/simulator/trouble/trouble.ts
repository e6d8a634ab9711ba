import type { Outgoing, Send } from "../outgoing.ts";
import type { Random } from "../random.ts";
import { BREAKAGES } from "./broken-records.ts";
import { createRecentRecords, type Family } from "./recent-records.ts";
import type { TroubleSchedule } from "./schedule.ts";

/** Of ten late records eight are readings. */
const LATE_KINDS = [
  "reading",
  "reading",
  "reading",
  "sap",
  "reading",
  "reading",
  "reading",
  "reading",
  "salesforce",
  "reading",
] as const;
/** Of five repeated records three are readings. */
const REPEATED_FAMILIES: readonly Family[] = ["readings", "sap", "readings", "salesforce", "readings"];
/** A late reading arrives after so many newer ones of its vehicle at most. */
const HELD_READINGS_MAX = 3;

export type Trouble = ReturnType<typeof createTrouble>;

/**
 * Sends what real sources send on bad days. Broken and repeated records are sent besides the good ones; a late one is a
 * true one held back until newer ones are gone. `sendLateChange` sends a change after a newer one of the same row, and
 * says false if there is no row for it.
 */
export function createTrouble(deps: {
  vehicles: number;
  schedule: TroubleSchedule;
  random: Random;
  send: Send;
  sendLateChange(system: "sap" | "salesforce", nowMs: number): boolean;
}) {
  const { schedule, random, send } = deps;
  const recent = createRecentRecords(deps.vehicles);
  const held = new Map<number, { outgoing: Outgoing; readingsToPass: number }>();
  const due = { broken: 0, repeated: 0 };
  const made = { broken: 0, repeated: 0, late: 0 };
  let lateReadingsDue = 0;
  let records = 0;

  /** To be told of every good record. */
  function sent(outgoing: Outgoing): void {
    records += 1;
    recent.keep(outgoing);
  }

  /** Makes what is due by now, or as soon as there is a good record to make it from. */
  function strike(nowMs: number): void {
    due.broken += schedule.take("broken", nowMs, records);
    due.repeated += schedule.take("repeated", nowMs, records);
    makeDue(nowMs);
    for (let left = schedule.take("late", nowMs, records); left > 0; left--) planLate(nowMs);
  }

  function makeDue(nowMs: number): void {
    while (due.broken > 0 && sendBroken(nowMs)) due.broken -= 1;
    while (due.repeated > 0 && sendRepeated(nowMs)) due.repeated -= 1;
  }

  function sendBroken(nowMs: number): boolean {
    for (let step = 0; step < BREAKAGES.length; step++) {
      const { family, reason, spoil } = BREAKAGES[(made.broken + step) % BREAKAGES.length]!;
      const good = recent.of(family).findLast(({ value }) => isSpoilable(family, value));
      if (!good) continue;
      made.broken += 1;
      const record = { ...good, value: spoil(good, nowMs), timestampMs: nowMs };
      send({ record, effect: { kind: "rejected", reason } });
      return true;
    }
    return false;
  }

  function sendRepeated(nowMs: number): boolean {
    const wanted = REPEATED_FAMILIES[made.repeated % REPEATED_FAMILIES.length]!;
    const known = recent.of(wanted).length > 0 ? recent.of(wanted) : recent.of("readings");
    if (known.length === 0) return false;
    made.repeated += 1;
    send({ record: { ...random.pick(known), timestampMs: nowMs }, effect: { kind: "repeated" } });
    return true;
  }

  function planLate(nowMs: number): void {
    const kind = LATE_KINDS[made.late++ % LATE_KINDS.length]!;
    if (kind === "reading" || !deps.sendLateChange(kind, nowMs)) lateReadingsDue += 1;
  }

  /** Whether a reading of this vehicle is wanted to be held back. If so, the caller has to `hold` one. */
  function wantsLateReading(vehicle: number): boolean {
    if (lateReadingsDue === 0 || held.has(vehicle)) return false;
    lateReadingsDue -= 1;
    return true;
  }

  const hold = (vehicle: number, outgoing: Outgoing): void => {
    held.set(vehicle, { outgoing, readingsToPass: random.whole(0, HELD_READINGS_MAX) });
  };

  /** After a reading of this vehicle: its late one follows, now or some readings later. */
  function passed(vehicle: number, nowMs: number): void {
    const late = held.get(vehicle);
    if (!late || late.readingsToPass-- > 0) return;
    release(vehicle, late.outgoing, nowMs);
  }

  function release(vehicle: number, { record, effect }: Outgoing, nowMs: number): void {
    held.delete(vehicle);
    send({ record: { ...record, timestampMs: nowMs }, effect });
  }

  /** At the end of a run: everything that is owed. Returns how many late readings the caller has still to make. */
  function settle(nowMs: number): number {
    due.broken += schedule.takeRest("broken");
    due.repeated += schedule.takeRest("repeated");
    makeDue(nowMs);
    if (due.broken + due.repeated > 0) throw new Error("the run had no good record to break or to repeat");
    for (let left = schedule.takeRest("late"); left > 0; left--) planLate(nowMs);
    for (const [vehicle, { outgoing }] of [...held]) release(vehicle, outgoing, nowMs);
    return lateReadingsDue;
  }

  return { sent, strike, wantsLateReading, hold, passed, settle };
}

/** A single measure has no position to bend, a deleted row no data to spoil. */
const isSpoilable = (family: Family, value: string): boolean =>
  family === "readings" ? value.includes('"latitude"') : family === "salesforce" || !value.includes('"data":null');
