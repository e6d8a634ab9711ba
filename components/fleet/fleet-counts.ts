import type { Level } from "@/components/ui/level.ts";
import type { TowerPulse } from "@/server/contracts/socket.ts";
import type { Service } from "@/server/contracts/vehicle.ts";
import type { FleetView } from "./fleet-view.ts";

type Counts = TowerPulse["fleet"];

/** One cell of the level filter: what it counts and which part of the view it switches. */
export type LevelChoice = { level: Level; count: number } & (
  | { kind: "service"; value: "critical" | "late" | "at_risk" }
  | { kind: "motion"; value: "moving" | "idling" | "stopped" | "offline" }
);

/** The cells worth showing: how a vehicle moves always, what is wrong with it only where something is, or is filtered by. */
export function levelChoices(counts: Counts | null, view: Pick<FleetView, "services">): LevelChoice[] {
  const of = (name: keyof Counts) => counts?.[name] ?? 0;
  const services = [
    { kind: "service", value: "critical", level: "critical", count: of("critical") },
    { kind: "service", value: "late", level: "high", count: of("late") },
    { kind: "service", value: "at_risk", level: "watch", count: of("atRisk") },
  ] as const;
  return [
    ...services.filter(({ value, count }) => count > 0 || view.services.includes(value)),
    { kind: "motion", value: "offline", level: "unknown", count: of("offline") },
    { kind: "motion", value: "moving", level: "normal", count: of("moving") },
    { kind: "motion", value: "idling", level: "calm", count: of("idling") },
    { kind: "motion", value: "stopped", level: "still", count: of("stopped") },
  ];
}

export function isChosen({ motions, services }: FleetView, choice: LevelChoice): boolean {
  return choice.kind === "motion" ? motions.includes(choice.value) : services.includes(choice.value);
}

/** The view with a cell of the filter switched over. */
export function switchChoice(view: FleetView, choice: LevelChoice): Partial<FleetView> {
  return choice.kind === "motion"
    ? { motions: toggled(view.motions, choice.value) }
    : { services: toggled(view.services, choice.value) };
}

function toggled<Item>(list: readonly Item[], item: Item): Item[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

const COUNT_OF_SERVICE: Partial<Record<Service, keyof Counts>> = {
  on_time: "onTime",
  at_risk: "atRisk",
  late: "late",
  critical: "critical",
};

/** How many vehicles fit the view, from the counts alone; `null` where only the list itself can tell. */
export function countFound(counts: Counts | null, { motions, services, text, inView }: FleetView): number | null {
  if (!counts || text || inView || (motions.length > 0 && services.length > 0)) return null;
  if (motions.length > 0) return motions.reduce((sum, motion) => sum + counts[motion], 0);
  if (services.length === 0) return counts.vehicles;
  return services.reduce<number | null>((sum, service) => {
    const name = COUNT_OF_SERVICE[service];
    return sum === null || !name ? null : sum + counts[name];
  }, 0);
}
