import { rowName } from "../domain/change.ts";
import type { SnapshotId } from "../services/ports.ts";
import type { BusinessLinkRef, StoredProvenance } from "../services/snapshot/port.ts";
import { readImages } from "./change-images.ts";
import type { Db } from "./client.ts";
import { type RecordColumns, recordRefOf } from "./record-ref.ts";

/** Which change last set each field. A field whose change is no longer kept has its position alone. */
export async function readProvenance(db: Db, id: SnapshotId): Promise<StoredProvenance> {
  const image = (await readImages(db, [id])).get(rowName(id));
  if (!image) return {};
  const positions = [...new Set([...image.fields.values()].map(({ position }) => position))];
  const { system, entity, key } = id;
  const changes = await db.cdcChange.findMany({
    where: { system, entity, key, position: { in: positions } },
    select: { position: true, commitTime: true, ...RECORD },
  });
  const byPosition = new Map(changes.map((change) => [change.position, change]));
  return Object.fromEntries(
    [...image.fields].map(([name, { position }]) => [name, toProvenance(position, byPosition.get(position))]),
  );
}

const RECORD = { topic: true, partition: true, recordOffset: true, recordTimestamp: true } as const;

function toProvenance(position: string, change: (RecordColumns & { commitTime: Date }) | undefined) {
  return { position, commitTime: change?.commitTime ?? null, record: change ? recordRefOf(change) : null };
}

const LINKS_MAX = 50;

/** What the tower made of the row, and the vehicles that these are on. */
export function readLinks(db: Db, { system, entity, key }: SnapshotId): Promise<BusinessLinkRef[]> {
  return db.$queryRaw<BusinessLinkRef[]>`
    with linked as (
      select kind, id from business_link where system = ${system} and entity = ${entity} and key = ${key}
      limit ${LINKS_MAX}
    ), objects as (
      select object.body from business_object as object join linked using (kind, id)
      union all
      select shipment.body from business_object as shipment
      where shipment.kind = 'shipment'
        and shipment.related && (select array_agg(kind || ':' || id) from linked where kind = 'delivery')
    )
    select kind, id from linked
    union
    select 'vehicle', body ->> 'vehicleId' from objects where body ->> 'vehicleId' is not null
    order by kind, id`;
}
