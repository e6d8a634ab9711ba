import type { TelemetryQueries, VehicleState } from "../contracts/lane.ts";
import { createHistoryReader } from "../pipeline/telemetry/history-reader.ts";
import { createPastFleet, type PastFleet, pastChunk } from "../pipeline/telemetry/past-fleet.ts";
import type { Clock } from "../platform/clock.ts";
import type { Database } from "../store/client.ts";
import { historyBetween, historySince } from "../store/history.ts";
import { keyframeBefore } from "../store/history-keyframes.ts";
import { LANE, type OwnedLine } from "./telemetry-lines.ts";

/** Of so few vehicles each is folded alone, which reads its own part of the history. */
const FEW_VEHICLES = 12;
/** A moment is kept while a list of it is paged through: a whole fleet is half a kilobyte a vehicle. */
const MOMENT_KEPT_MS = 30_000;
/** Near the present, readings of the moment may still come. */
const SETTLED_MS = 60_000;

type Fold = Awaited<ReturnType<PastFleet["fold"]>>;

/** What the lane answers about its vehicles, now and in the past. */
export function createTelemetryQueries(deps: {
  database: Database;
  readingsTopic: string;
  owned(): OwnedLine[];
  now: Clock;
}): TelemetryQueries {
  const { database, readingsTopic, owned } = deps;
  const history = createHistoryReader({
    historyBetween: (partition, range) => historyBetween(database, LANE, partition, range),
  });
  const past = createPastFleet({
    keyframeBefore: (partition, atMs) => keyframeBefore(database, LANE, partition, atMs),
    historySince: (partition, range) => historySince(database, LANE, partition, range),
  });
  const momentOf = createMoments(deps, (line, atMs) => past.fold(line.keeper, atMs, null));
  const ownerOf = (id: string) => owned().find(({ line }) => line.ids.find(id) !== null);

  async function vehicleAt(id: string, atMs: number): Promise<VehicleState | null> {
    const states = owned()
      .filter(({ line }) => line.ids.find(id) !== null)
      .map(async ({ keeper, line }) =>
        past.stateOf(await past.fold(keeper, atMs, line.ids.find(id)), id, readingsTopic),
      );
    return newestOf(await Promise.all(states));
  }

  return {
    vehicles: async (ids) => ids.map((id) => newestOf(owned().map(({ line }) => line.vehicle(id)))).filter(isKnown),
    async track(id, fromMs, toMs, limit) {
      const owner = ownerOf(id);
      return owner ? history.track(owner.keeper, id, { fromMs, toMs }, limit) : [];
    },
    async readings(id, fromMs, toMs, limit) {
      const owner = ownerOf(id);
      return owner ? history.readings(owner.keeper, id, { fromMs, toMs }, limit) : [];
    },
    async series(id, measures, fromMs, toMs, pointsMax) {
      const owner = ownerOf(id);
      if (!owner) return Object.fromEntries(measures.map((measure) => [measure, []]));
      return history.series(owner.keeper, id, measures, { fromMs, toMs }, pointsMax);
    },
    fleetAt: async (atMs) => (await momentOf(atMs)).map((fold) => pastChunk(fold, atMs)),
    async vehiclesAt(ids, atMs) {
      if (ids.length <= FEW_VEHICLES) return (await Promise.all(ids.map((id) => vehicleAt(id, atMs)))).filter(isKnown);
      const folds = await momentOf(atMs);
      return ids.map((id) => newestOf(folds.map((fold) => past.stateOf(fold, id, readingsTopic)))).filter(isKnown);
    },
  };
}

/** Folds one moment at a time, and keeps the last: whoever pages through it asks again and again. */
function createMoments(
  { owned, now }: { owned(): OwnedLine[]; now: Clock },
  fold: (line: OwnedLine, atMs: number) => Promise<Fold>,
) {
  let kept: { atMs: number; untilMs: number; folds: Promise<Fold[]> } | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  return (atMs: number): Promise<Fold[]> => {
    if (kept?.atMs === atMs && now() < kept.untilMs) return kept.folds;
    const folds = turn.then(async () => {
      const found: Fold[] = [];
      for (const line of owned()) found.push(await fold(line, atMs));
      return found;
    });
    turn = folds.catch(() => {});
    const moment = { atMs, folds, untilMs: atMs > now() - SETTLED_MS ? 0 : now() + MOMENT_KEPT_MS };
    kept = moment;
    const forget = () => {
      if (kept === moment) kept = null;
    };
    folds.then(() => setTimeout(forget, MOMENT_KEPT_MS).unref(), forget);
    return folds;
  };
}

const isKnown = (state: VehicleState | null): state is VehicleState => state !== null;

/** A vehicle lives in one partition; should a producer have spread it, the newest wins. */
function newestOf(states: readonly (VehicleState | null)[]): VehicleState | null {
  return states
    .filter(isKnown)
    .reduce<VehicleState | null>((newest, state) => (newest && newest.seenMs >= state.seenMs ? newest : state), null);
}
