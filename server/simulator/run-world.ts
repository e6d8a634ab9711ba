import { setTimeout as sleep } from "node:timers/promises";
import type { Clock } from "../platform/clock.ts";
import type { OutgoingRecord } from "./outgoing.ts";
import type { World } from "./world.ts";

const TICK_MS = 200;
/** A machine that slept, or a broker that was away, is not made up for beyond this: the world begins anew at the present. */
const BEHIND_MS_MAX = 600_000;
/** Records sent at a time, about, where the world runs ahead of the clock. */
const CHUNK_RECORDS = 5000;
const RECORDS_PER_VEHICLE_SECOND = 0.08;

export type RunState = { state: "starting" | "running" | "done"; behindMs: number; records: number };

/** Lets a world go on beside the clock and sends what it says, until its time is over or `signal` ends it. */
export async function runWorld(deps: {
  createWorld(startMs: number): World | Promise<World>;
  publish(records: readonly OutgoingRecord[]): Promise<void>;
  clock: Clock;
  /** Waits until it is time to look at the clock again. */
  rest(ms: number, signal: AbortSignal): Promise<void>;
  signal: AbortSignal;
  settings: { vehicles: number; startMs: number | null; speed: number | "max"; durationMs: number | null };
  onWorld(world: World): void;
  onState(state: RunState): void;
  log(message: string): void;
}): Promise<void> {
  const { clock, publish, rest, signal, settings } = deps;
  const { speed, durationMs } = settings;
  let beganMs = clock();
  let startMs = settings.startMs ?? usualStartMs(beganMs, speed, durationMs);
  const endMs = durationMs === null ? Infinity : startMs + durationMs;
  const sliceMs = Math.max(TICK_MS, (CHUNK_RECORDS / RECORDS_PER_VEHICLE_SECOND / settings.vehicles) * 1000);
  let world = await deps.createWorld(startMs);
  deps.onWorld(world);
  let records = 0;

  while (!signal.aborted && world.nowMs() < endMs) {
    const wishedMs = speed === "max" ? world.nowMs() + sliceMs : startMs + (clock() - beganMs) * speed;
    const behindMs = Math.max(0, wishedMs - world.nowMs());
    if (speed === 1 && durationMs === null && behindMs > BEHIND_MS_MAX) {
      deps.log(`${Math.round(behindMs / 1000)} s behind: the world begins anew at the present`);
      beganMs = clock();
      startMs = Math.max(beganMs, world.nowMs());
      world = await deps.createWorld(startMs);
      deps.onWorld(world);
      continue;
    }
    const sent = world.advanceTo(Math.min(endMs, wishedMs, world.nowMs() + sliceMs));
    await publish(sent);
    records += sent.length;
    deps.onState({ state: "running", behindMs: speed === "max" ? 0 : behindMs, records });
    if (speed !== "max" && behindMs < sliceMs) await rest(TICK_MS, signal);
  }
  if (signal.aborted) return;
  const last = world.finish();
  await publish(last);
  deps.onState({ state: "done", behindMs: 0, records: records + last.length });
}

/** A run that goes faster than time and has an end is set in the past, so that it ends now. */
function usualStartMs(nowMs: number, speed: number | "max", durationMs: number | null): number {
  return speed === 1 || durationMs === null ? nowMs : nowMs - durationMs;
}

/** Being told to end is not an error. */
export const restUntilTick = (ms: number, signal: AbortSignal): Promise<void> =>
  sleep(ms, undefined, { signal }).catch(() => {});
