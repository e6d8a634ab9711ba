import type { Trip, TripState } from "../../contracts/trip.ts";
import type { EtaResult } from "../../domain/eta/eta-errors.ts";

export type TripQuery = {
  vehicleId?: string | undefined;
  states?: readonly TripState[] | undefined;
  /** Any stop of the trip. */
  site?: string | undefined;
  /** Id of the last trip of the page before. */
  after: string | null;
  limit: number;
};

/** The trips that are open or ended lately, kept in memory. */
export type TripIndex = {
  /** Everything that is stored has been read. */
  isComplete(): boolean;
  /** By id. */
  find(query: TripQuery): { trips: Trip[]; more: boolean };
  get(id: string): Trip | null;
  tripsOpen(): Trip[];
  /** Those that carry any of these deliveries. */
  tripsOf(deliveryIds: readonly string[]): Trip[];
  /** The one the vehicle is about: under way, or the next to begin. */
  tripOfVehicle(vehicleId: string): Trip | null;
};

/** Estimates that were made of arrivals, and what came of them. */
export type EtaResultReader = {
  /** Of the stops that were reached since, the newest first, at most `limit`. */
  resultsSince(sinceMs: number, limit: number): Promise<EtaResult[]>;
};

/** An estimate of a trip's stop, by its place in the trip. */
export type EtaSample = { tripId: string; stop: number; madeMs: number; p50Ms: number; p90Ms: number };
export type EtaArrival = { tripId: string; stop: number; arrivedMs: number };

export type EtaSampleStore = EtaResultReader & {
  add(samples: readonly EtaSample[]): Promise<void>;
  arrive(arrivals: readonly EtaArrival[]): Promise<void>;
  /** Stops with estimates made since whose arrival is not known, and when the newest of each was made. */
  waiting(sinceMs: number): Promise<{ tripId: string; stop: number; madeMs: number }[]>;
};
