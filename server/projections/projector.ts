import type { BusinessKind, BusinessObjects, BusinessRef } from "../domain/business-object.ts";
import type { RowId } from "../domain/change.ts";
import type { SourceRow } from "../domain/source-row.ts";
import type { Projection, Term } from "./projection.ts";

/** An object as it is to be stored. `related` names others as `kind:id`. */
export type ProjectedObject = BusinessRef & {
  body: BusinessObjects[BusinessKind];
  related: string[];
  isClosed: boolean;
  terms: Term[];
};

/** Bounds of what one row or object may cause; real ones are far below. */
const LINKS_MAX = 100;
const RELATED_MAX = 500;
const TERMS_MAX = 20;
const ID_LENGTH_MAX = 200;
const TERM_LENGTH_MAX = 100;
const TITLE_LENGTH_MAX = 200;

export const refName = ({ kind, id }: BusinessRef): string => `${kind}:${id}`;

/** The projections as the store works with them: pure, bounded, and by the entities they read. */
export function createProjector(projections: readonly Projection[]) {
  const byKind = new Map<string, Projection>(projections.map((projection) => [projection.kind, projection]));
  const byEntity = new Map<string, Projection[]>();
  for (const projection of projections) {
    for (const entity of projection.entities) byEntity.set(entity, [...(byEntity.get(entity) ?? []), projection]);
  }
  const readersOf = ({ system, entity }: RowId) => byEntity.get(`${system}.${entity}`) ?? [];

  return {
    /** Whether any object may be made of such a row. */
    reads: (row: RowId): boolean => readersOf(row).length > 0,
    /** Whether such a row can only make a stub of that kind. */
    isMention: (kind: string, { system, entity }: RowId): boolean =>
      byKind.get(kind)?.mentionedBy?.includes(`${system}.${entity}`) ?? false,
    /** Every kind with the entities that only mention it. */
    mentions: projections.flatMap(({ kind, mentionedBy = [] }) =>
      mentionedBy.map((name) => {
        const [system, entity] = name.split(".");
        return { kind, system: system!, entity: entity! };
      }),
    ),
    knows: (kind: string): kind is BusinessKind => byKind.has(kind),
    linksOf(row: SourceRow): BusinessRef[] {
      const links = readersOf(row).flatMap((projection) =>
        [...new Set(projection.linksOf(row))].filter(isId).map((id): BusinessRef => ({ kind: projection.kind, id })),
      );
      return links.slice(0, LINKS_MAX);
    },
    project({ kind, id }: BusinessRef, rows: readonly SourceRow[]): ProjectedObject | null {
      const projection = byKind.get(kind)!;
      const body = rows.length === 0 ? null : projection.fold(id, rows);
      if (body === null) return null;
      const related = projection.relatedOf(body).filter((other) => isId(other.id));
      return {
        ...{ kind, id, body, isClosed: body.isClosed },
        related: [...new Set(related.map(refName))].slice(0, RELATED_MAX),
        terms: toTerms(projection.termsOf(body)),
      };
    },
  };
}

export type Projector = ReturnType<typeof createProjector>;

const isId = (id: string): boolean => id !== "" && id.length <= ID_LENGTH_MAX;

/** As they are looked for: in lower case, each once. */
function toTerms(terms: readonly Term[]): Term[] {
  const byTerm = new Map<string, Term>();
  for (const { term, title } of terms) {
    const found = term.trim().toLowerCase().slice(0, TERM_LENGTH_MAX);
    if (found !== "" && byTerm.size < TERMS_MAX)
      byTerm.set(found, { term: found, title: title.slice(0, TITLE_LENGTH_MAX) });
  }
  return [...byTerm.values()];
}
