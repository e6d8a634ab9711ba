import { randomUUID } from "node:crypto";
import type { ChangeChunk, LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Touched, VisitTold } from "../contracts/live-room.ts";
import { AppError } from "../platform/errors.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { ChangesLane } from "../threads/changes-lane.ts";
import type { TelemetryLane } from "../threads/telemetry-lane.ts";
import { mergeAnswers } from "./merge-answers.ts";
import { mergeLanes } from "./merge-lanes.ts";
import { PeerLanes } from "./peer-lanes.ts";

const LOOK_EVERY_MS = 2_000;
/** A commit that was under way when its process died is found within the time of the longest transaction. */
const COMMIT_MS_MAX = 60_000;
/** Numbers of partitions of other processes begin beyond all that a topic can have. */
const FIRST_NUMBER = 1_000_000;

type Place = { id: string; host: string; port: number };

type Deps = {
  key: Buffer;
  /** Those that run in this process. */
  telemetry: TelemetryLane | null;
  changes: ChangesLane | null;
  presence: {
    /** Processes with lanes that live, this one among them where it has some. */
    living(): Promise<Place[]>;
    announce(place: Place): Promise<void>;
    forget(id: string): Promise<void>;
    touchedSince(since: Date): Promise<Touched>;
  };
  /** Where this process tells of its lanes; `null` while it does not. */
  ownAddress(): { host: string; port: number } | null;
  /** Whether this process shows what the lanes of others tell. */
  follows: boolean;
  /** The partition of a process that is gone will not be spoken of again. */
  forgotten(partition: number): void;
  logger: Logger;
};

/**
 * The lanes of the tower as one, wherever they run: in threads of this process, in other processes, or both. Others are
 * found by the rows they keep in the database, and spoken with directly. One that dies loses nothing: its partitions go
 * to another, which tells their whole state.
 */
export function createTowerLanes({ key, telemetry, changes, presence, ownAddress, follows, forgotten, logger }: Deps) {
  const id = randomUUID();
  const peers = new Map<string, PeerLanes>();
  const numbers = new Map<string, number>();
  const listeners = {
    chunk: [] as ((chunk: ChangeChunk) => void)[],
    visits: [] as ((visits: readonly VisitTold[]) => void)[],
    touched: [] as ((touched: Touched) => void)[],
  };
  let nextNumber = FIRST_NUMBER;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  let looking: Promise<void> = Promise.resolve();
  let missing: Promise<void> = Promise.resolve();

  if (follows) {
    telemetry?.onChunk((chunk) => tellChunk(chunk));
    telemetry?.onVisits((visits) => tellVisits(visits));
    changes?.onTouched((touched) => tellTouched(touched));
  }

  function tellChunk(chunk: ChangeChunk): void {
    for (const listener of listeners.chunk) listener(chunk);
  }
  function tellVisits(visits: readonly VisitTold[]): void {
    for (const listener of listeners.visits) listener(visits);
  }
  function tellTouched(touched: Touched): void {
    for (const listener of listeners.touched) listener(touched);
  }

  const local = (): LaneStatus[] => [telemetry, changes].flatMap((lane) => lane?.status() ?? []);
  const withTelemetry = () => [...peers.values()].filter((peer) => peer.runs("telemetry"));

  /** A partition counts its vehicles anew in each process, and two may speak of it while it moves. */
  function numberOf(peerId: string, partition: number): number {
    const name = `${peerId} ${partition}`;
    const known = numbers.get(name);
    if (known !== undefined) return known;
    const number = nextNumber;
    nextNumber += 1;
    numbers.set(name, number);
    return number;
  }

  async function join(place: Place): Promise<void> {
    const since = new Date(Date.now() - COMMIT_MS_MAX);
    const peer = await PeerLanes.connect(place, key, {
      chunk: (chunk) => tellChunk({ ...chunk, partition: numberOf(place.id, chunk.partition) }),
      message: (message) => (message.kind === "visits" ? tellVisits(message.visits) : tellTouched(message.touched)),
      closed: () => leave(place.id),
    });
    if (isStopped) return peer.close();
    peers.set(place.id, peer);
    logger.info({ process: place.id, host: place.host, port: place.port }, "the lanes of another process are followed");
    tellMissed(since);
  }

  function leave(peerId: string): void {
    if (!peers.delete(peerId) || isStopped) return;
    for (const [name, number] of numbers) {
      if (!name.startsWith(`${peerId} `)) continue;
      numbers.delete(name);
      forgotten(number);
    }
    logger.warn({ process: peerId }, "a process with lanes is gone");
    tellMissed(new Date(Date.now() - COMMIT_MS_MAX));
  }

  /** What was stored while nobody told us of it: read again, which is harmless when it was told. */
  function tellMissed(since: Date): void {
    missing = missing.then(async () => {
      if (isStopped || listeners.touched.length === 0) return;
      try {
        tellTouched(await presence.touchedSince(since));
      } catch (error) {
        logger.warn({ err: error }, "what changed meanwhile could not be read, it is tried again");
        setTimeout(() => tellMissed(since), LOOK_EVERY_MS).unref();
      }
    });
  }

  async function look(): Promise<void> {
    try {
      const address = ownAddress();
      if (address) await presence.announce({ id, ...address });
      if (!follows) return;
      const unknown = (await presence.living()).filter((place) => place.id !== id && !peers.has(place.id));
      await Promise.all(
        unknown.map((place) =>
          join(place).catch((error: unknown) => logger.debug({ err: error, process: place.id }, "not followed yet")),
        ),
      );
    } catch (error) {
      logger.debug({ err: error }, "other processes could not be looked for, it is tried again");
    }
  }

  const part: Managed = {
    name: "lanes of other processes",
    async start() {
      isStopped = false;
      looking = look();
      await looking;
      timer = setInterval(() => {
        looking = looking.then(look);
      }, LOOK_EVERY_MS);
    },
    async stop() {
      isStopped = true;
      clearInterval(timer);
      await Promise.all([looking, missing]);
      for (const peer of peers.values()) peer.close();
      if (ownAddress()) await presence.forget(id).catch(() => {}); // the row goes by its age as well
    },
  };

  const queries: TelemetryQueries = mergeAnswers(<T>(query: keyof TelemetryQueries, parameters: unknown[]) => {
    const others = withTelemetry();
    if (!telemetry && others.length === 0)
      throw new AppError("unavailable", "no process that runs the telemetry lane is there");
    const ask = telemetry?.[query] as ((...given: unknown[]) => Promise<T>) | undefined;
    return [...(ask ? [ask(...parameters)] : []), ...others.map((peer) => peer.ask<T>(query, parameters))];
  });

  return {
    part,
    ...queries,
    /** Both lanes, as all processes together run them. */
    lanes: () =>
      mergeLanes([...local(), ...[...peers.values()].flatMap((peer) => peer.lanes())], ["telemetry", "changes"]),
    onChunk: (listener: (chunk: ChangeChunk) => void) => void listeners.chunk.push(listener),
    onVisits: (listener: (visits: readonly VisitTold[]) => void) => void listeners.visits.push(listener),
    onTouched: (listener: (touched: Touched) => void) => void listeners.touched.push(listener),
    fencesChanged() {
      telemetry?.fencesChanged();
      for (const peer of peers.values()) peer.fencesChanged();
    },
  };
}

export type TowerLanes = ReturnType<typeof createTowerLanes>;
