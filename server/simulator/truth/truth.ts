import type { SiteRecord } from "../../contracts/site.ts";
import type { Effect, Outgoing } from "../outgoing.ts";
import type { FenceTruth } from "./fence-truth.ts";
import { RowTruth } from "./row-truth.ts";
import { VehicleTruth } from "./vehicle-truth.ts";

const OUTCOMES = ["delivered", "applied", "late", "repeated", "ignored", "rejected"] as const;
/** `delivered` is the sum of the others. Nothing this world sends is to be ignored. */
export type TrueOutcomes = Record<(typeof OUTCOMES)[number], number>;

export type Truth = ReturnType<typeof createTruth>;

/**
 * What a reader of the records sent so far must end with, told from the world itself: nothing here reads a record. Late
 * and repeated ones change nothing but the counts, broken ones are dead letters.
 */
export function createTruth({
  vehicles,
  sites,
  fences,
}: {
  vehicles: number;
  sites: readonly SiteRecord[];
  fences: FenceTruth;
}) {
  const fleet = new VehicleTruth(vehicles);
  const rows = new RowTruth();
  const outcomes: Record<string, TrueOutcomes> = {};
  const deadLetters: Record<string, number> = {};
  const sent = new Set<string>();

  function outcomeOf(effect: Effect): keyof TrueOutcomes {
    switch (effect.kind) {
      case "site":
        sent.add(effect.siteId);
        return "applied";
      case "reading":
        if (!fleet.fold(effect.reading)) return "late";
        fences.fold(effect.reading);
        return "applied";
      case "changes":
        // An event that was merged over several rows is applied if it moves any of them.
        return effect.changes.map((change) => rows.fold(change)).some(Boolean) ? "applied" : "late";
      case "earlier":
        return "applied";
      case "repeated":
        return "repeated";
      case "rejected":
        deadLetters[effect.reason] = (deadLetters[effect.reason] ?? 0) + 1;
        return "rejected";
    }
  }

  return {
    fold({ record, effect }: Outgoing): void {
      outcomes[record.topic] ??= { delivered: 0, applied: 0, late: 0, repeated: 0, ignored: 0, rejected: 0 };
      const counts = outcomes[record.topic]!;
      counts.delivered += 1;
      counts[outcomeOf(effect)] += 1;
    },
    /** By topic. */
    outcomes: (): Readonly<Record<string, TrueOutcomes>> => outcomes,
    /** By reason. */
    deadLetters: (): Readonly<Record<string, number>> => deadLetters,
    sites: (): SiteRecord[] => sites.filter(({ siteId }) => sent.has(siteId)),
    vehicles: () => fleet.vehicles(),
    snapshots: () => rows.rows(),
    forgottenRows: () => rows.forgotten,
  };
}
