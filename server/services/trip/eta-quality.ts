import { type ErrorFigures, figuresByHorizon, figuresOf } from "../../domain/eta/eta-errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

const DAYS = 7;
const DAY_MS = 24 * 3_600_000;
const RESULTS_MAX = 50_000;

export type EtaFigures = { sinceMs: number; overall: ErrorFigures; horizons: ({ hours: number } & ErrorFigures)[] };

/** How good the estimates were, over the stops that were reached in the last seven days. */
export async function getEtaQuality(context: Context): Promise<EtaFigures> {
  requireRole(context.actor, "planner");
  const sinceMs = context.now() - DAYS * DAY_MS;
  const results = await context.etaResults.resultsSince(sinceMs, RESULTS_MAX);
  return { sinceMs, overall: figuresOf(results), horizons: figuresByHorizon(results) };
}
