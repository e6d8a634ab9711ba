import type { Send } from "../outgoing.ts";
import type { Random } from "../random.ts";
import type { Trouble } from "../trouble/trouble.ts";
import type { createDuty } from "./duty.ts";
import { chooseMask, fullMask, readDevices, readingRecord } from "./reading.ts";
import type { Vehicle } from "./vehicle.ts";

/** How often a vehicle reports while it moves, stands with the engine on, and with the engine off. */
export type ReportIntervals = { moving: number; idling: number; parked: number };
export const USUAL_INTERVALS_MS: ReportIntervals = { moving: 10_000, idling: 60_000, parked: 300_000 };

/** A gap between two readings must have room for a third. */
const GAP_MS_MIN = 2000;

/** Vehicles report at moments of their own: state moves from one to the next, whoever asks for records in between. */
export function createReporting(deps: {
  startMs: number;
  intervalsMs: ReportIntervals;
  duty: ReturnType<typeof createDuty>;
  trouble: Pick<Trouble, "wantsLateReading" | "hold" | "passed">;
  send: Send;
  random: Random;
}) {
  const { startMs, intervalsMs, duty, trouble, send, random } = deps;
  const isFirst = (vehicle: Vehicle) => vehicle.timeMs === startMs;

  /** Whether a late reading of this vehicle can stand between its last one and now. */
  const hasRoom = (vehicle: Vehicle, nowMs: number) => !isFirst(vehicle) && nowMs - vehicle.timeMs >= GAP_MS_MIN;

  function report(vehicle: Vehicle, timeMs: number): void {
    const holdsBack = hasRoom(vehicle, timeMs) && trouble.wantsLateReading(vehicle.index);
    const isWhole = isFirst(vehicle) || holdsBack;
    if (holdsBack) holdBack(vehicle, timeMs - Math.round((timeMs - vehicle.timeMs) * random.between(0.2, 0.8)));
    duty.advance(vehicle, timeMs);
    send(readingRecord(readDevices(vehicle, isWhole ? fullMask(vehicle) : chooseMask(vehicle)), timeMs));
    trouble.passed(vehicle.index, timeMs);
  }

  /** A whole reading that will be sent after the next one, which has all its measures too: it will be late. */
  function holdBack(vehicle: Vehicle, timeMs: number): void {
    duty.advance(vehicle, timeMs);
    trouble.hold(vehicle.index, readingRecord(readDevices(vehicle, fullMask(vehicle)), timeMs));
  }

  function nextMs({ phase, timeMs, engineOffMs, phaseEndMs, random: own }: Vehicle): number {
    if (phase === "driving") return timeMs + Math.round(intervalsMs.moving * own.between(0.97, 1.03));
    const isIdling = timeMs < engineOffMs;
    const next = isIdling ? Math.min(timeMs + intervalsMs.idling, engineOffMs) : timeMs + intervalsMs.parked;
    return Math.min(next, phaseEndMs);
  }

  return { report, nextMs, hasRoom };
}
