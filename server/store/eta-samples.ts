import type { EtaResult } from "../domain/eta/eta-errors.ts";
import type { EtaSampleStore } from "../services/trip/port.ts";
import type { Db } from "./client.ts";

const isoOf = (ms: number): string => new Date(ms).toISOString();

export function createEtaSampleStore(db: Db): EtaSampleStore {
  return {
    async add(samples) {
      if (samples.length === 0) return;
      await db.$executeRaw`
        insert into eta_sample (trip_id, stop, made_at, p50, p90)
        select trip_id, stop, made_at::timestamptz, p50::timestamptz, p90::timestamptz
        from unnest(${samples.map(({ tripId }) => tripId)}::text[], ${samples.map(({ stop }) => stop)}::integer[],
          ${samples.map(({ madeMs }) => isoOf(madeMs))}::text[], ${samples.map(({ p50Ms }) => isoOf(p50Ms))}::text[],
          ${samples.map(({ p90Ms }) => isoOf(p90Ms))}::text[]) as sent (trip_id, stop, made_at, p50, p90)
        on conflict do nothing`;
    },

    async arrive(arrivals) {
      if (arrivals.length === 0) return;
      await db.$executeRaw`
        update eta_sample set arrived_at = sent.arrived_at::timestamptz
        from unnest(${arrivals.map(({ tripId }) => tripId)}::text[], ${arrivals.map(({ stop }) => stop)}::integer[],
          ${arrivals.map(({ arrivedMs }) => isoOf(arrivedMs))}::text[]) as sent (trip_id, stop, arrived_at)
        where eta_sample.trip_id = sent.trip_id and eta_sample.stop = sent.stop
          and eta_sample.made_at <= sent.arrived_at::timestamptz
          and eta_sample.arrived_at is distinct from sent.arrived_at::timestamptz`;
    },

    async waiting(sinceMs) {
      const rows = await db.$queryRaw<{ trip_id: string; stop: number; made_at: Date }[]>`
        select trip_id, stop, max(made_at) as made_at from eta_sample
        where made_at >= ${new Date(sinceMs)} group by trip_id, stop having bool_or(arrived_at is null)`;
      return rows.map(({ trip_id, stop, made_at }) => ({ tripId: trip_id, stop, madeMs: made_at.getTime() }));
    },

    async resultsSince(sinceMs, limit) {
      const rows = await db.$queryRaw<{ made_at: Date; p50: Date; p90: Date; arrived_at: Date }[]>`
        select made_at, p50, p90, arrived_at from eta_sample
        where arrived_at >= ${new Date(sinceMs)} order by made_at desc limit ${limit}`;
      return rows.map(
        ({ made_at, p50, p90, arrived_at }): EtaResult => ({
          madeMs: made_at.getTime(),
          p50Ms: p50.getTime(),
          p90Ms: p90.getTime(),
          arrivedMs: arrived_at.getTime(),
        }),
      );
    },
  };
}
