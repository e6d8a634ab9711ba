import type { Trip } from "../domain/trip/compose-trip.ts";
import type { EtaArrival, EtaSample } from "../services/trip/port.ts";

/** An estimate is kept at departure and then once an hour: enough to measure errors by horizon. */
const EVERY_MS = 3_600_000;
const SAMPLES_WAITING_MAX = 20_000;

/** Which estimates are kept to be measured, and which of those an arrival has decided. */
export class EtaSampler {
  /** When the newest estimate was kept of each stop that is not reached, by `<trip> <stop>`. */
  readonly #waiting = new Map<string, number>();
  #samples: EtaSample[] = [];
  #arrivals: EtaArrival[] = [];

  /** An estimate that was stored before this process began. */
  remember({ tripId, stop, madeMs }: { tripId: string; stop: number; madeMs: number }): void {
    this.#waiting.set(keyOf(tripId, stop), madeMs);
  }

  watch({ id, state, stops }: Trip, nowMs: number): void {
    for (const [stop, { eta, arrivedMs }] of stops.entries()) {
      const key = keyOf(id, stop);
      const madeMs = this.#waiting.get(key);
      if (arrivedMs !== null) {
        if (madeMs === undefined) continue;
        this.#waiting.delete(key);
        this.#arrivals.push({ tripId: id, stop, arrivedMs });
      } else if (eta && state === "under_way" && (madeMs === undefined || nowMs - madeMs >= EVERY_MS)) {
        if (this.#samples.length >= SAMPLES_WAITING_MAX) continue;
        this.#waiting.set(key, nowMs);
        this.#samples.push({ tripId: id, stop, madeMs: nowMs, ...eta });
      }
    }
  }

  /** A trip that is no longer kept is not waited for. */
  forget({ id, stops }: { id: string; stops: readonly unknown[] }): void {
    for (const stop of stops.keys()) this.#waiting.delete(keyOf(id, stop));
  }

  take(): { samples: EtaSample[]; arrivals: EtaArrival[] } {
    const taken = { samples: this.#samples, arrivals: this.#arrivals };
    this.#samples = [];
    this.#arrivals = [];
    return taken;
  }

  /** They could not be stored: they come first next time. */
  giveBack({ samples, arrivals }: { samples: EtaSample[]; arrivals: EtaArrival[] }): void {
    this.#samples = [...samples, ...this.#samples];
    this.#arrivals = [...arrivals, ...this.#arrivals];
  }
}

const keyOf = (tripId: string, stop: number): string => `${tripId} ${stop}`;
