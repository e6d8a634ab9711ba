import type { StockLevel, StockMovement } from "../../domain/stock.ts";
import type { PositionKey } from "../../domain/stock-projection/compose-position.ts";

/** A place in the ledger of one position: movements are in the order of `postedAtMs`, then `id`. */
export type LedgerPlace = { postedAtMs: number; id: string };

/** A movement with the unrestricted stock of the material at the site after it, decimal text. */
export type BalancedMovement = StockMovement & { balance: string };

/** What went out of a position, by how many days ago; today, UTC, is 0. Reversals are taken off. */
export type IssuedDay = PositionKey & { daysAgo: number; quantity: string };

/** The ledger of stock and its sums, as stored. */
export type StockReader = {
  /** Levels ascending by position, whole positions only: about `limit` levels after the position `after`. */
  levels(options: { after: PositionKey | null; limit: number }): Promise<StockLevel[]>;
  /** All levels of these positions. */
  levelsOf(positions: readonly PositionKey[]): Promise<StockLevel[]>;
  /** Newest first, older than `before` when it is given, from `sinceMs` on when it is given. */
  movements(
    position: PositionKey,
    options: { before: LedgerPlace | null; limit: number; sinceMs?: number },
  ): Promise<BalancedMovement[]>;
  /** What went out by these movement types in the last days, of all positions or of some. */
  issued(options: {
    movementTypes: readonly string[];
    days: number;
    nowMs: number;
    positions?: readonly PositionKey[];
  }): Promise<IssuedDay[]>;
  /** When the first movement of each position was posted. */
  firstMovements(positions?: readonly PositionKey[]): Promise<(PositionKey & { atMs: number })[]>;
};
