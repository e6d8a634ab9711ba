import { rowName } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import { routeOf } from "./index.ts";
import { sampleRecord } from "./sample-record.ts";

type SentRecord = { topic: string; key: string; value: string; timestampMs: number };

/** For tests: the rows as a reader of these records has them in the end. */
export function sampleRows(records: readonly SentRecord[]): SourceRow[] {
  const images = new Map<string, { row: SourceRow; image: ChangeImage }>();
  records.forEach(({ topic, key, value, timestampMs }, offset) => {
    const route = routeOf(topic);
    if (!route) return;
    const record = sampleRecord(topic, value, { key: Buffer.from(key), offset: BigInt(offset), timestampMs });
    const decoded = route.connector.decode(record, route.source.entity);
    for (const change of decoded.kind === "changes" ? decoded.changes : []) {
      const { image } = mergeChange(images.get(rowName(change))?.image ?? null, change);
      images.set(rowName(change), { image, row: toSourceRow(change, image) });
    }
  });
  return [...images.values()].map(({ row }) => row);
}
