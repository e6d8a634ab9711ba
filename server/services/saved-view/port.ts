import type { SavedViewInput } from "../../contracts/saved-view.ts";

export type StoredView = SavedViewInput & { id: string; ownerId: string; ownerName: string | null; version: number };

export type ViewReader = {
  /** Somebody's own views of a page and those that are shared, by name. */
  list(options: { page: SavedViewInput["page"]; ownerId: string; limit: number }): Promise<StoredView[]>;
};

export type ViewWriter = {
  get(id: string): Promise<StoredView | null>;
  count(ownerId: string): Promise<number>;
  /** Returns `null` when the owner has one of this name for this page already. */
  add(ownerId: string, view: SavedViewInput): Promise<StoredView | null>;
  /** Returns `null` when the version is not the newest any more, or the name is taken. */
  replace(id: string, version: number, view: SavedViewInput): Promise<StoredView | null>;
  remove(id: string): Promise<void>;
};
