import type { FleetPicture } from "../contracts/fleet-picture.ts";
import { keptFromMs, type RetentionDays } from "../domain/retention.ts";
import { AppError } from "../platform/errors.ts";
import type { Context, Ports } from "./context.ts";

/** What a verb works with, as it was at a moment. */
export type PastContext = Pick<Ports, "fleet" | "telemetry" | "trips" | "orders" | "inventory" | "stock"> & {
  /** The whole fleet as the map draws it. */
  picture(): FleetPicture;
};

/** The tower at moments of the past, each equal to the fold of the stored records up to then. */
export type PastPort = {
  /** Throws a refusal where more has changed since than may be undone. */
  at(atMs: number): Promise<PastContext>;
  /** How long what is kept. */
  retention(): Promise<RetentionDays>;
};

/** What an answer is made of; how far back it may go is as long as all of that is kept. */
type MadeOf = "readings" | "changes";

/**
 * The context in which a verb answers: the present, or all stored records up to `asOf`. A moment of which not everything is
 * kept any more, or that has not come yet, is refused rather than answered wrongly.
 */
export async function contextAsOf(
  context: Context,
  asOf: string | undefined,
  madeOf: readonly MadeOf[],
): Promise<Context> {
  if (asOf === undefined) return context;
  const { picture: _, ...past } = await momentAt(context, asOf, madeOf);
  return { ...context, ...past, now: () => Date.parse(asOf) };
}

/** A moment of the past, where everything it is made of is still kept. */
export async function momentAt(context: Context, asOf: string, madeOf: readonly MadeOf[]): Promise<PastContext> {
  const [atMs, nowMs] = [Date.parse(asOf), context.now()];
  if (atMs > nowMs) throw refusal("this moment has not come yet");
  const days = await context.past.retention();
  const oldestMs = Math.max(...madeOf.map((kind) => keptFromMs(days[kind], nowMs)));
  if (atMs < oldestMs) throw refusal(`what was stored is kept from ${new Date(oldestMs).toISOString()} on`);
  return context.past.at(atMs);
}

/** Of what only the present is known. An earlier (or later) moment is refused rather than answered wrongly. */
export function requirePresent(asOf: string | undefined): void {
  if (asOf === undefined) return;
  throw refusal("leave it out: this is known for the present only");
}

function refusal(message: string): AppError {
  return new AppError("unprocessable", "there is no answer for this moment", {
    fields: [{ path: "/asOf", message }],
  });
}
