import { READINGS_TOPIC, VEHICLE_PARTITIONS } from "../server/contracts/topics.ts";
import { Child } from "./child.ts";
import type { LoadSettings, Sent } from "./load.ts";
import { requireProc } from "./processor-time.ts";
import { sendSites } from "./send-sites.ts";
import { type BenchServices, startServices } from "./services.ts";
import { startTower, TOWER_KEY, type TowerProcess, untilVehicles } from "./tower-process.ts";
import type { Seen, ViewersSettings } from "./viewers.ts";
import type { View } from "./views.ts";

const KNOWN_MS_MAX = 180_000;

/** Everything that runs while something is measured, each in a process of its own. */
export type Scene = {
  services: BenchServices;
  tower: TowerProcess;
  load: Load;
  /** Opens sockets that look at these views. */
  open(views: readonly View[], settings?: Partial<ViewersSettings>): Promise<Viewers>;
};

export type Load = {
  pid: number;
  fill(records: number): Promise<Sent>;
  begin(rate: number): Promise<void>;
  stop(): Promise<Sent>;
};

export type Viewers = { take(): Promise<Seen> };

/** Starts broker, database, tower and a fleet that the tower knows already; ends all of it when the work is done. */
export async function withScene<T>(
  options: { vehicles: number; towerFlags?: readonly string[] },
  work: (scene: Scene) => Promise<T>,
): Promise<T> {
  requireProc();
  const ends: (() => Promise<void>)[] = [];
  try {
    const services = await startServices();
    ends.push(services.stop);
    const tower = await startTower(services, options.towerFlags);
    ends.push(tower.stop);
    const load = await startLoad(services, options.vehicles, ends);
    console.log(`telling the tower of ${options.vehicles} vehicles`);
    await load.fill(options.vehicles);
    await untilVehicles(tower, options.vehicles, KNOWN_MS_MAX);
    return await work({
      services,
      tower,
      load,
      open: (views, settings) => openViewers({ views, settings, tower, ends }),
    });
  } finally {
    for (const end of ends.reverse()) await end();
  }
}

/** The process that plays the fleet, ready to send among some sites. Ended with whatever is in `ends`. */
export async function startLoad(
  services: BenchServices,
  vehicles: number,
  ends: (() => Promise<void>)[],
): Promise<Load> {
  const child = new Child("load", {
    ...{ broker: services.broker, topic: READINGS_TOPIC, partitions: VEHICLE_PARTITIONS, vehicles },
  } satisfies LoadSettings);
  ends.push(() => child.end());
  await Promise.all([child.ready(), sendSites(services.broker)]);
  return {
    pid: child.pid,
    fill: (records) => child.ask("fill", { records }),
    begin: (rate) => child.ask("begin", { rate }),
    stop: () => child.ask("stop"),
  };
}

/** The process that plays the browsers, with its sockets open. */
export async function openViewers(options: {
  tower: { web: string };
  views: readonly View[];
  settings?: Partial<ViewersSettings> | undefined;
  ends: (() => Promise<void>)[];
}): Promise<Viewers> {
  const { tower, views, settings, ends } = options;
  const child = new Child("viewers", {
    ...{ web: tower.web, keys: [TOWER_KEY], views, watchMarks: false, ...settings },
  } satisfies ViewersSettings);
  ends.push(() => child.end());
  await child.ready();
  await child.ask("look");
  return { take: () => child.ask("take") };
}
