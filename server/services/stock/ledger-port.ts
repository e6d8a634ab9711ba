import type { StockMovement } from "../../domain/stock.ts";

export type LedgerFilter = {
  site?: string | undefined;
  material?: string | undefined;
  from?: string | undefined;
  to?: string | undefined;
};

/** The whole ledger, for exports. */
export type LedgerReader = {
  /** Oldest first, after the place of the movement `after`. */
  page(
    filter: LedgerFilter,
    options: { after: { postedAtMs: number; id: string } | null; limit: number },
  ): Promise<StockMovement[]>;
  count(filter: LedgerFilter): Promise<number>;
};
