import type { Db } from "./client.ts";
import { unpack } from "./packing.ts";

const PAGE = 16;
type SegmentRow = { sequence: number; min_time: Date; data: Uint8Array };

/** Segments of a partition that overlap the range, by rising time of their first reading. */
export async function* segmentsBetween(db: Db, lane: string, partition: number, fromMs: number, toMs: number) {
  const from = new Date(fromMs);
  const to = new Date(toMs);
  let after: { time: Date; sequence: number } = { time: new Date(0), sequence: -1 };
  for (;;) {
    const page = await db.$queryRaw<SegmentRow[]>`
      select sequence, min_time, data from history_segment
      where lane = ${lane} and partition = ${partition} and max_time >= ${from} and min_time <= ${to}
        and (min_time, sequence) > (${after.time}, ${after.sequence}::int)
      order by min_time, sequence limit ${PAGE}`;
    for (const row of page) yield { minTimeMs: row.min_time.getTime(), data: await unpack(row.data) };
    const last = page[page.length - 1];
    if (!last || page.length < PAGE) return;
    after = { time: last.min_time, sequence: last.sequence };
  }
}

/** Segments of a partition that may hold a reading of one of these times. */
export async function* segmentsAt(db: Db, lane: string, partition: number, timesMs: readonly number[]) {
  const times = timesMs.map((timeMs) => new Date(timeMs));
  let after = -1;
  for (;;) {
    const page = await db.$queryRaw<SegmentRow[]>`
      select sequence, min_time, data from history_segment
      where lane = ${lane} and partition = ${partition} and sequence > ${after}
        and exists (select 1 from unnest(${times}::timestamptz[]) as asked(time) where asked.time between min_time and max_time)
      order by sequence limit ${PAGE}`;
    for (const row of page) yield await unpack(row.data);
    const last = page[page.length - 1];
    if (!last || page.length < PAGE) return;
    after = last.sequence;
  }
}
