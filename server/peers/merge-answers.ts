import type { TelemetryQueries, VehicleState } from "../contracts/lane.ts";

type Ask = <T>(query: keyof TelemetryQueries, parameters: unknown[]) => Promise<T>[];

/** The questions to all processes that hold vehicles, with their answers as one. Whoever does not know a vehicle says nothing of it. */
export function mergeAnswers(ask: Ask): TelemetryQueries {
  const all = <T>(query: keyof TelemetryQueries, ...parameters: unknown[]): Promise<T[]> =>
    Promise.all(ask<T>(query, parameters));
  const inTime = <T extends { timeMs: number }>(lists: readonly T[][], limit: number): T[] =>
    lists
      .flat()
      .sort((a, b) => a.timeMs - b.timeMs)
      .slice(0, limit);
  return {
    vehicles: async (ids) => newestOf(await all<VehicleState[]>("vehicles", ids)),
    vehiclesAt: async (ids, atMs) => newestOf(await all<VehicleState[]>("vehiclesAt", ids, atMs)),
    fleetAt: async (atMs) => (await all<Awaited<ReturnType<TelemetryQueries["fleetAt"]>>>("fleetAt", atMs)).flat(),
    track: async (id, fromMs, toMs, limit) => inTime(await all("track", id, fromMs, toMs, limit), limit),
    readings: async (id, fromMs, toMs, limit) => inTime(await all("readings", id, fromMs, toMs, limit), limit),
    async series(id, measures, fromMs, toMs, pointsMax) {
      type Series = Awaited<ReturnType<TelemetryQueries["series"]>>;
      const answers = await all<Series>("series", id, measures, fromMs, toMs, pointsMax);
      // A vehicle lives in one partition, so at most one process has points of it.
      const entries = measures.map((measure) => {
        const points = answers.map((answer) => answer[measure] ?? []).find((found) => found.length > 0) ?? [];
        return [measure, points] as const;
      });
      const known = new Set(answers.flatMap((answer) => Object.keys(answer)));
      return Object.fromEntries(entries.filter(([measure]) => known.has(measure)));
    },
  };
}

function newestOf(lists: readonly VehicleState[][]): VehicleState[] {
  const newest = new Map<string, VehicleState>();
  for (const state of lists.flat()) {
    const known = newest.get(state.id);
    if (!known || state.seenMs > known.seenMs) newest.set(state.id, state);
  }
  return [...newest.values()];
}
