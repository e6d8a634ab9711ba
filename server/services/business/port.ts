import type { BusinessKind, BusinessObjects, BusinessRef } from "../../domain/business-object.ts";

/** Business objects as the changes lane stored them. Ids that are not known are not in the answer. */
export type BusinessObjectReader = {
  /** Those of these ids, in any order. */
  get<Kind extends BusinessKind>(kind: Kind, ids: readonly string[]): Promise<BusinessObjects[Kind][]>;
  /** Those that are not closed, ascending by id, after `afterId` when it is given. */
  openOf<Kind extends BusinessKind>(
    kind: Kind,
    options: { afterId: string | null; limit: number },
  ): Promise<BusinessObjects[Kind][]>;
  /** Those of a kind that name any of these others, open and closed, ascending by id; no more than the bound of the store. */
  relatedTo<Kind extends BusinessKind>(kind: Kind, refs: readonly BusinessRef[]): Promise<BusinessObjects[Kind][]>;
};
