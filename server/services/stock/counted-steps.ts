import { Big } from "big.js";
import type { StockStory } from "../../contracts/stock.ts";
import { isoTime } from "../../platform/clock.ts";
import type { BalancedMovement } from "./port.ts";

type Options = { onHand: string | null; sinceMs: number; nowMs: number };

/**
 * Counted stock as steps, oldest first, from `movements`, newest first: what lay there before the first of them, after
 * each that changed it, and now. What is posted for a later time counts from now on.
 */
export function countedSteps(
  movements: readonly BalancedMovement[],
  { onHand, sinceMs, nowMs }: Options,
): StockStory["counted"] {
  if (onHand === null) return [];
  const oldest = movements.at(-1);
  const moved = movements.filter(({ stockType }) => stockType === "unrestricted").toReversed();
  const [first] = moved;
  const before = first ? Big(first.balance).minus(first.quantity) : Big(oldest?.balance ?? onHand);
  const steps = moved
    .filter(({ postedAtMs }) => postedAtMs <= nowMs)
    .map(({ postedAtMs, balance }) => ({ time: isoTime(postedAtMs), quantity: Number(balance) }));
  const start = { time: isoTime(sinceMs), quantity: Number(before) };
  return [start, ...steps, { time: isoTime(nowMs), quantity: Number(onHand) }];
}
