import type { SiteStock, Stock, StockHealth, StockPosition, StockStory } from "../../contracts/stock.ts";

export const POSITION_SORTS = ["risk", "cover", "material", "site", "on_hand"] as const;
export type PositionSort = (typeof POSITION_SORTS)[number];

export type PositionFilter = {
  site?: string | undefined;
  /** A material's number, in its internal form or as people write it. */
  material?: string | undefined;
  /** Part of a material's number or text, or of a site's number or name. */
  q?: string | undefined;
  health?: readonly StockHealth[] | undefined;
};

/** Where a page of positions ended: the next begins after it in the same order. */
export type PositionPlace = { key: (string | number)[]; id: string };

export type PositionPage = {
  items: StockPosition[];
  /** `null` when this was the end. */
  next: PositionPlace | null;
  /** Positions by health that fit everything asked for but the health. */
  counts: Record<StockHealth, number>;
};

/** What is known of one position without the ledger. */
export type PositionStory = Omit<StockStory, "counted">;

/** All stock positions, in memory. */
export type InventoryIndex = {
  /** Whether everything that is stored has been read: until then answers would be of a part. */
  isComplete(): boolean;
  list(
    filter: PositionFilter,
    options: { sort: PositionSort; after: PositionPlace | null; limit: number },
  ): PositionPage;
  story(id: string): PositionStory | null;
  sites(): SiteStock[];
  /** Counted stock by storage location, ascending by `id`, after `afterId` when it is given. */
  levels(
    filter: Pick<PositionFilter, "material" | "site">,
    options: { afterId: string | null; limit: number },
  ): { id: string; stock: Stock }[];
};
