import { type Visit, visitKey } from "../domain/visit/visit.ts";

/** Visits older than this count for no trip any more. */
export const VISITS_KEPT_MS = 14 * 24 * 3_600_000;

/** The visits of each vehicle, by arrival. What is told twice is there once, as it was told last. */
export class TripVisits {
  readonly #byVehicle = new Map<string, Map<string, Visit>>();

  /** A visit that ended does not begin again, whatever order the two were told in. */
  set(visit: Visit): void {
    const visits = this.#byVehicle.get(visit.vehicleId) ?? new Map<string, Visit>();
    const key = visitKey(visit);
    if (visit.leftMs === null && visits.get(key)?.leftMs != null) return;
    visits.set(key, visit);
    this.#byVehicle.set(visit.vehicleId, visits);
  }

  of(vehicleId: string): Visit[] {
    return [...(this.#byVehicle.get(vehicleId)?.values() ?? [])].sort((a, b) => a.enteredMs - b.enteredMs);
  }

  forgetBefore(timeMs: number): void {
    for (const [vehicleId, visits] of this.#byVehicle) {
      for (const [key, { leftMs }] of visits) if (leftMs !== null && leftMs < timeMs) visits.delete(key);
      if (visits.size === 0) this.#byVehicle.delete(vehicleId);
    }
  }
}
