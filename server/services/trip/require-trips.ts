import { AppError } from "../../platform/errors.ts";
import type { TripIndex } from "./port.ts";

/** While trips are being read after a start, an answer would be of a part of them: the caller is asked to come again. */
export function requireTrips(trips: TripIndex): void {
  if (!trips.isComplete()) throw new AppError("unavailable", "the trips are being read, try again in a moment");
}
