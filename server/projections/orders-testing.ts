import type { BusinessKind, BusinessObjects } from "../domain/business-object.ts";
import { type Change, type Operation, rowName } from "../domain/change.ts";
import { type ChangeImage, mergeChange } from "../domain/change-image.ts";
import { type SourceRow, toSourceRow } from "../domain/source-row.ts";
import type { Projection } from "./projection.ts";
import { sapPosition } from "./testing.ts";

const KEY_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  VBAK: ["MANDT", "VBELN"],
  VBAP: ["MANDT", "VBELN", "POSNR"],
  VBEP: ["MANDT", "VBELN", "POSNR", "ETENR"],
  LIKP: ["MANDT", "VBELN"],
  LIPS: ["MANDT", "VBELN", "POSNR"],
  VTTK: ["MANDT", "TKNUM"],
  VTTS: ["MANDT", "TKNUM", "TSNUM"],
  VTTP: ["MANDT", "TKNUM", "TPNUM"],
  KNA1: ["MANDT", "KUNNR"],
  MARA: ["MANDT", "MATNR"],
  MAKT: ["MANDT", "MATNR", "SPRAS"],
  MARC: ["MANDT", "MATNR", "WERKS"],
  MARD: ["MANDT", "MATNR", "WERKS", "LGORT"],
  MATDOC: ["MANDT", "MBLNR", "MJAHR", "ZEILE", "RECORD_TYPE"],
  MSEG: ["MANDT", "MBLNR", "MJAHR", "ZEILE"],
  EKKO: ["MANDT", "EBELN"],
  EKPO: ["MANDT", "EBELN", "EBELP"],
  EKET: ["MANDT", "EBELN", "EBELP", "ETENR"],
};

/** The n-th change of the source, of an SAP row as its table keys it. */
export function sapChange(n: number, entity: string, operation: Operation, row: Record<string, string>): Change {
  const fields: Record<string, string> = { MANDT: "100", ...row };
  const key = KEY_COLUMNS[entity]!.map((column) => fields[column]).join("|");
  return { system: "sap", entity, key, operation, fields, position: sapPosition(n), ...commit(n, `sap.${entity}`) };
}

export function salesforceChange(
  n: number,
  entity: string,
  operation: Operation,
  key: string,
  fields: Record<string, unknown> = {},
): Change {
  const position = `${String(COMMITTED_MS + n).padStart(15, "0")}.${"0".repeat(20)}.${"0".repeat(10)}`;
  const topic = `salesforce.${entity}ChangeEvent`;
  return { system: "salesforce", entity, key, operation, fields, position, ...commit(n, topic) };
}

export const COMMITTED_MS = Date.parse("2026-08-19T14:30:01.000Z");

const commit = (n: number, topic: string) => ({
  commitTimeMs: COMMITTED_MS + n,
  record: { topic, partition: 0, offset: BigInt(n), timestampMs: COMMITTED_MS + n },
});

export type Projected = Map<string, BusinessObjects[BusinessKind]>;

/**
 * Says plainly what the changes lane does: merges each chunk into the images, then makes anew every object that a row
 * of the chunk belongs to or belonged to. The result is by `kind:id`.
 */
export function projectChunks(projections: readonly Projection[], chunks: readonly (readonly Change[])[]): Projected {
  const images = new Map<string, { change: Change; image: ChangeImage }>();
  const objects: Projected = new Map();
  for (const chunk of chunks) {
    const dirty = new Set<string>();
    const note = (change: Change) => {
      const known = images.get(rowName(change));
      if (known)
        for (const { projection, id } of linksOf(projections, toRow(known))) dirty.add(`${projection.kind}:${id}`);
    };
    for (const change of chunk) {
      note(change);
      const { image } = mergeChange(images.get(rowName(change))?.image ?? null, change);
      images.set(rowName(change), { change, image });
      note(change);
    }
    foldDirty(projections, [...images.values()].map(toRow), dirty, objects);
  }
  return objects;
}

function foldDirty(projections: readonly Projection[], rows: SourceRow[], dirty: Set<string>, objects: Projected) {
  for (const name of dirty) {
    const [kind, ...rest] = name.split(":");
    const id = rest.join(":");
    const projection = projections.find((candidate) => candidate.kind === kind)!;
    const own = rows.filter((row) => linksOf([projection], row).some((link) => link.id === id));
    const object = own.length === 0 ? null : projection.fold(id, own);
    if (object) objects.set(name, object);
    else objects.delete(name);
  }
}

const linksOf = (projections: readonly Projection[], row: SourceRow) =>
  projections
    .filter(({ entities }) => entities.includes(`${row.system}.${row.entity}`))
    .flatMap((projection) => projection.linksOf(row).map((id) => ({ projection, id })));

const toRow = ({ change, image }: { change: Change; image: ChangeImage }): SourceRow => toSourceRow(change, image);
