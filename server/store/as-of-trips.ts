import type { EtaResult } from "../domain/eta/eta-errors.ts";
import type { Visit } from "../domain/visit/visit.ts";
import type { EtaSampleStore } from "../services/trip/port.ts";
import type { Db } from "./client.ts";
import { createEtaSampleStore } from "./eta-samples.ts";
import { visitsSince } from "./visits.ts";

/** A vehicle has left once it was outside for so long: until then it was still there. */
const LEAVING_MS = 2 * 60_000;

/** The visits that had begun by the moment, as far as they had gone. */
export async function visitsAsOf(db: Db, atMs: number, sinceMs: number, limit: number): Promise<Visit[]> {
  const visits = await visitsSince(db, sinceMs, limit);
  return visits
    .filter(({ enteredMs }) => enteredMs <= atMs)
    .map((visit) =>
      visit.leftMs !== null && visit.leftMs > atMs - LEAVING_MS ? { ...visit, leftMs: null, leftRecord: null } : visit,
    );
}

/** What had come of estimates by the moment. It watches nothing: estimates are made in the present. */
export function samplesAsOf(db: Db, atMs: number): EtaSampleStore {
  const now = createEtaSampleStore(db);
  return {
    add: async () => {},
    arrive: async () => {},
    waiting: async () => [],
    async resultsSince(sinceMs, limit): Promise<EtaResult[]> {
      const results = await now.resultsSince(sinceMs, limit);
      return results.filter(({ arrivedMs }) => arrivedMs <= atMs);
    },
  };
}
