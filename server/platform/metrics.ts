import { Counter, collectDefaultMetrics, Gauge, Registry } from "prom-client";
import type { LaneStatus } from "../contracts/lane.ts";
import { OUTCOMES } from "../contracts/outcome.ts";

export type MetricsDeps = { version: string; lanes(): LaneStatus[]; sockets(): number; vehicles(): number };

/**
 * What is counted, in the words of the counters that add up. Nothing is counted twice: each number is read from the
 * part that keeps it, at the moment it is asked for.
 */
export function createMetrics(deps: MetricsDeps): () => Promise<{ contentType: string; text: string }> {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  addLaneMetrics(registers, deps.lanes);
  new Gauge({
    name: "wheelhouse_sockets",
    help: "Browsers that listen",
    registers,
    collect() {
      this.set(deps.sockets());
    },
  });
  new Gauge({
    name: "wheelhouse_vehicles",
    help: "Vehicles known",
    registers,
    collect() {
      this.set(deps.vehicles());
    },
  });
  const info = new Gauge({ name: "wheelhouse_info", help: "The running version", labelNames: ["version"], registers });
  info.set({ version: deps.version }, 1);

  return async () => ({ contentType: registry.contentType, text: await registry.metrics() });
}

function addLaneMetrics(registers: Registry[], lanes: MetricsDeps["lanes"]): void {
  new Counter({
    name: "wheelhouse_records_total",
    help: "Records delivered, by what became of them; offset gaps and what left the log unread are counted apart",
    labelNames: ["lane", "topic", "outcome"],
    registers,
    collect() {
      this.reset();
      for (const { lane, topic, records } of sourcesOf(lanes()))
        for (const outcome of [...OUTCOMES, "gaps", "lost"] as const)
          this.inc({ lane, topic, outcome }, records[outcome]);
    },
  });
  new Gauge({
    name: "wheelhouse_lag_records",
    help: "Records on the topic that have not been read",
    labelNames: ["lane", "topic"],
    registers,
    collect() {
      this.reset();
      for (const { lane, topic, lagRecords } of sourcesOf(lanes())) this.set({ lane, topic }, lagRecords);
    },
  });
  new Gauge({
    name: "wheelhouse_behind_seconds",
    help: "How far the topic is behind its source",
    labelNames: ["lane", "topic"],
    registers,
    collect() {
      this.reset();
      for (const { lane, topic, behindMs } of sourcesOf(lanes()))
        if (behindMs !== null) this.set({ lane, topic }, behindMs / 1_000);
    },
  });
  new Gauge({
    name: "wheelhouse_lane_running",
    help: "1 while the lane runs",
    labelNames: ["lane"],
    registers,
    collect() {
      this.reset();
      for (const { lane, state } of lanes()) this.set({ lane }, state === "running" ? 1 : 0);
    },
  });
}

const sourcesOf = (lanes: readonly LaneStatus[]) => lanes.flatMap((lane) => lane.sources);
