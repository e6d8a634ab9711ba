import type { Random } from "../random.ts";
import { TROUBLES, type Trouble, type TroubleSettings } from "./settings.ts";

const SPREAD = 0.9;

/** Says when the next trouble of a kind is due. Depends on time and count of records alone, never on who asks when. */
export type TroubleSchedule = {
  /** How many are due by now and have not been taken. Each is handed out once. */
  take(trouble: Trouble, nowMs: number, records: number): number;
  /** How many a run that ends now still owes. */
  takeRest(trouble: Trouble): number;
};

export function createTroubleSchedule(settings: TroubleSettings, startMs: number, random: Random): TroubleSchedule {
  return settings.kind === "totals"
    ? spreadOverTime(settings.totals, startMs, settings.durationMs * SPREAD)
    : byCount(settings.oneIn, random);
}

function spreadOverTime(totals: Record<Trouble, number>, startMs: number, spreadMs: number): TroubleSchedule {
  const taken: Record<Trouble, number> = { broken: 0, repeated: 0, late: 0 };
  const takeUpTo = (trouble: Trouble, total: number) => {
    const due = total - taken[trouble];
    taken[trouble] = total;
    return due;
  };
  return {
    take(trouble, nowMs) {
      const passed = Math.min(1, Math.max(0, (nowMs - startMs) / spreadMs));
      return takeUpTo(trouble, Math.floor(totals[trouble] * passed));
    },
    takeRest: (trouble) => takeUpTo(trouble, totals[trouble]),
  };
}

function byCount(oneIn: Record<Trouble, number | null>, random: Random): TroubleSchedule {
  const wait = (trouble: Trouble) => {
    const mean = oneIn[trouble];
    return mean === null ? Infinity : Math.max(1, Math.round(mean * random.between(0.5, 1.5)));
  };
  const next = { broken: Infinity, repeated: Infinity, late: Infinity };
  for (const trouble of TROUBLES) next[trouble] = wait(trouble);
  return {
    take(trouble, _nowMs, records) {
      if (records < next[trouble]) return 0;
      next[trouble] = records + wait(trouble);
      return 1;
    },
    takeRest: () => 0,
  };
}
