import type { BusinessKind, BusinessObjects } from "../domain/business-object.ts";
import { refName } from "../projections/projector.ts";
import type { BusinessObjectReader } from "../services/business/port.ts";
import type { Db } from "./client.ts";

/** No document has so many others; the bound keeps a broken reference from reading everything. */
const RELATED_MAX = 10_000;

type BodyRow = { body: string };

export function createBusinessObjectReader(db: Db): BusinessObjectReader {
  return {
    async get(kind, ids) {
      return toObjects(
        await db.$queryRaw<BodyRow[]>`
          select body::text from business_object where kind = ${kind} and id = any(${[...ids]}::text[])`,
      );
    },

    async openOf(kind, { afterId, limit }) {
      return toObjects(
        await db.$queryRaw<BodyRow[]>`
          select body::text from business_object
          where kind = ${kind} and not is_closed and (${afterId}::text is null or id > ${afterId}::text)
          order by id limit ${limit}::integer`,
      );
    },

    /** Ordered behind a fence: beside an order and a limit the planner walks all objects instead of asking the index. */
    async relatedTo(kind, refs) {
      return toObjects(
        await db.$queryRaw<BodyRow[]>`
          with found as materialized (
            select id, body from business_object where kind = ${kind} and related && ${refs.map(refName)}::text[]
          )
          select body::text from found order by id limit ${RELATED_MAX}::integer`,
      );
    },
  };
}

/** The changes lane wrote each as what its kind says. */
const toObjects = <Kind extends BusinessKind>(rows: readonly BodyRow[]) =>
  rows.map(({ body }) => JSON.parse(body) as BusinessObjects[Kind]);
