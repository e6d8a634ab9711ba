import type { StockStory } from "../../contracts/stock.ts";
import { parsePositionId } from "../../domain/stock-projection/compose-position.ts";
import { AppError } from "../../platform/errors.ts";
import { contextAsOf } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import { countedSteps } from "./counted-steps.ts";
import type { PositionStory } from "./inventory-index.ts";
import { requireComplete } from "./require-complete.ts";

export type GetPositionInput = { id: string; asOf?: string | undefined };

const COUNTED_DAYS = 14;
/** Of the newest: a chart keeps no more, and a busier material shows its last days. */
const COUNTED_MAX = 500;
const DAY_MS = 24 * 60 * 60_000;

/** The story of one material at one site: what is there, reserved, on its way, on order, and what is to be expected. */
export async function getPosition(present: Context, { id, asOf }: GetPositionInput): Promise<StockStory> {
  requireRole(present.actor, "planner");
  const context = await contextAsOf(present, asOf, ["changes"]);
  requireComplete(context.inventory);
  const story = storyOf(context, id);
  const nowMs = context.now();
  const sinceMs = nowMs - COUNTED_DAYS * DAY_MS;
  const movements = await context.stock.movements(parsePositionId(id), { before: null, limit: COUNTED_MAX, sinceMs });
  return { ...story, counted: countedSteps(movements, { onHand: story.position.onHand, sinceMs, nowMs }) };
}

function storyOf({ inventory }: Context, id: string): PositionStory {
  const story = inventory.story(id);
  if (!story) throw new AppError("not_found", "no such material at this site");
  return story;
}
