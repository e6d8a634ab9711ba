import type { BusinessKind, BusinessObjects } from "../../domain/business-object.ts";
import { PROJECTIONS } from "../../projections/index.ts";
import { refName } from "../../projections/projector.ts";
import type { BusinessObjectReader } from "../business/port.ts";

/** Business objects held in memory for tests, found by what the projections say they name. */
export function memoryObjects(
  objects: Partial<{ [Kind in BusinessKind]: BusinessObjects[Kind][] }>,
): BusinessObjectReader {
  const all = <Kind extends BusinessKind>(kind: Kind): BusinessObjects[Kind][] =>
    [...((objects[kind] ?? []) as BusinessObjects[Kind][])].sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    get: async (kind, ids) => all(kind).filter(({ id }) => ids.includes(id)),
    openOf: async (kind, { afterId, limit }) =>
      all(kind)
        .filter(({ id, isClosed }) => !isClosed && (afterId === null || id > afterId))
        .slice(0, limit),
    relatedTo: async (kind, refs) => {
      const projection = PROJECTIONS.find((one) => one.kind === kind)!;
      const names = new Set(refs.map(refName));
      return all(kind).filter((object) => projection.relatedOf(object).some((ref) => names.has(refName(ref))));
    },
  };
}
