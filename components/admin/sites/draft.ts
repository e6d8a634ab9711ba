import type { FenceShape } from "@/server/contracts/fence.ts";
import type { Corner } from "@/server/contracts/fence-polygon.ts";

/** What an open form shows on the map while it is not saved. */
export type Draft = {
  /** Where the pin stands that can be dragged. */
  pin: Corner | null;
  /** The area as it would be. */
  shape: FenceShape | null;
  /** The corners that are drawn with the pointer; `null` when nothing is drawn, empty before the first. */
  corners: readonly Corner[] | null;
};

export const NO_DRAFT: Draft = { pin: null, shape: null, corners: null };

/** What was done on the map and belongs into the form. A new object each time. */
export type FromMap = { place: Corner } | { corners: readonly Corner[] };

/** What a form needs to be shown and changed on the map. */
export type OnMap = {
  onDraft(draft: Draft): void;
  fromMap: FromMap | null;
  /** The middle of what the map shows. */
  middle(): Corner | null;
};
