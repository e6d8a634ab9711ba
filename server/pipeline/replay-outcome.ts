import type { Rejection } from "./step.ts";

/** How the replay of a dead letter went: `rejection` is `null` when it passed. */
export type ReplayOutcome = {
  /** `topic~partition~offset` of the dead letter. */
  deadLetter: string;
  /** The same of the record on `tower.replays` that brought it. */
  replay: string;
  rejection: Pick<Rejection, "reason" | "message"> | null;
};
