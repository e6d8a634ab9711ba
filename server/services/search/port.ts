import type { BusinessKind, BusinessRef } from "../../domain/business-object.ts";

/** An object that was found, with what to call it. */
export type FoundObject = BusinessRef & { title: string };

export type SearchReader = {
  /**
   * Objects of these kinds with a term that begins with `prefix`, upper and lower case alike: at most `limit` of each
   * kind, those with the shortest term first.
   */
  find(prefix: string, options: { kinds: readonly BusinessKind[]; limit: number }): Promise<FoundObject[]>;
};
