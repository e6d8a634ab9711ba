import type { BusinessKind, BusinessObjects, BusinessRef } from "../domain/business-object.ts";
import type { SourceRow } from "../domain/source-row.ts";

/** What a person may type to find an object, and what the result is called. */
export type Term = { term: string; title: string };

/**
 * How rows of other systems become business objects of one kind. Everything here is pure: an object is made anew from
 * all rows that belong to it, so it cannot matter in which order, how often or in what portions they came.
 */
export type Projection<Kind extends BusinessKind = BusinessKind> = {
  kind: Kind;
  /** The rows it reads, as `<system>.<entity>`; rows of others are never given to it. */
  entities: readonly string[];
  /**
   * Those of `entities` whose rows only mention an object (an order its customer): they make a stub, and what else they
   * say is none of its business. A fold sees one such row at most, so an object may be mentioned by any number of them.
   */
  mentionedBy?: readonly string[];
  /** Ids of the objects that this row is a part of, or refers to so that a stub has to stand for them. */
  linksOf(row: SourceRow): readonly string[];
  /** The object of all rows that link to it, in no order; `null` when they make none. Never throws over bad data. */
  fold(id: string, rows: readonly SourceRow[]): BusinessObjects[Kind] | null;
  /** Other objects it names. */
  relatedOf(object: BusinessObjects[Kind]): readonly BusinessRef[];
  termsOf(object: BusinessObjects[Kind]): readonly Term[];
};
