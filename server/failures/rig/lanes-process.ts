import type { LaneStatus, VehicleState } from "../../contracts/lane.ts";
import { createLogger } from "../../platform/logger.ts";
import type { ChangesLaneSettings } from "../../threads/changes-lane.ts";
import { runChanges } from "../../threads/run-changes.ts";
import { runTelemetry } from "../../threads/telemetry-runner.ts";
import type { TelemetrySettings } from "../../threads/telemetry-settings.ts";

/** What a process of the rig is given, as its one argument. */
export type LanesSettings = { telemetry: TelemetrySettings; changes: ChangesLaneSettings };

export type LanesStatus = { telemetry: LaneStatus; changes: LaneStatus };
/** A vehicle with the times of all its positions, as the lane answers. */
export type VehicleAnswer = VehicleState & { track: number[] };

export type FromLanesProcess =
  | { kind: "status"; status: LanesStatus; rssBytes: number }
  | { kind: "vehicles"; vehicles: VehicleAnswer[] };
export type ToLanesProcess = { kind: "ask"; ids: string[] } | { kind: "stop" };

const STATUS_INTERVAL_MS = 50;
const TRACK_MAX = 100_000;

/** Both lanes without the pages, in a process that a test can end the hard way. Nothing here knows that it is tested. */
const settings = JSON.parse(process.argv[2]!) as LanesSettings;
const logger = createLogger("lanes", settings.telemetry.logLevel);
const nothing = () => {};
const telemetry = runTelemetry(settings.telemetry, logger, { changes: nothing, visits: nothing, dropped: nothing });
const changes = runChanges(settings.changes, logger, nothing);
const tell = (message: FromLanesProcess) => process.send?.(message);

async function answer(ids: readonly string[]): Promise<void> {
  const vehicles = await telemetry.vehicles(ids);
  const answers = vehicles.map(async (vehicle): Promise<VehicleAnswer> => {
    const track = await telemetry.track(vehicle.id, 0, Number.MAX_SAFE_INTEGER / 2, TRACK_MAX);
    return { ...vehicle, track: track.map(({ timeMs }) => timeMs) };
  });
  tell({ kind: "vehicles", vehicles: await Promise.all(answers) });
}

async function stop(): Promise<void> {
  await Promise.all([telemetry.stop(), changes.stop()]);
  process.exit(0);
}

process.on("message", (message: ToLanesProcess) => void (message.kind === "ask" ? answer(message.ids) : stop()));
process.on("SIGTERM", () => void stop());
process.on("disconnect", () => process.exit(1));
setInterval(() => {
  const status = { telemetry: telemetry.status(), changes: changes.status() };
  tell({ kind: "status", status, rssBytes: process.memoryUsage.rss() });
}, STATUS_INTERVAL_MS);
await Promise.all([telemetry.start(), changes.start()]);
