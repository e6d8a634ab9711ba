import { dirname } from "node:path";
import { parseArgs } from "node:util";
import type { BenchSize } from "./bench-size.ts";
import { benchChanges } from "./changes.ts";
import { benchHistory } from "./history.ts";
import { keepResults } from "./keep-results.ts";
import { benchLatency } from "./latency.ts";
import { benchLine } from "./line.ts";
import { benchMemory } from "./memory.ts";
import { type BenchResult, printTable } from "./results.ts";
import { benchSockets } from "./sockets.ts";

/** One entry for each promise that is measured: a file, and a line here. */
const BENCHES: Record<string, (size: BenchSize) => Promise<BenchResult[]>> = {
  line: benchLine,
  history: benchHistory,
  latency: benchLatency,
  // A browser driver is nothing that the measured processes should load.
  map: async (size) => (await import("./map.ts")).benchMap(size),
  memory: benchMemory,
  sockets: benchSockets,
  changes: benchChanges,
};

/** Processes that a bench starts from this same file, to be measured on their own. Each loads only what it needs. */
const CHILDREN: Record<string, (settings: never) => Promise<void>> = {
  bare: async (settings) => (await import("./bare-client.ts")).runBareClient(settings),
  changes: async (settings) => (await import("./measured-changes.ts")).runMeasuredChanges(settings),
  load: async (settings) => (await import("./load.ts")).runLoad(settings),
  tower: async () => (await import("./measured-tower.ts")).runMeasuredTower(),
  upserts: async (settings) => (await import("./plain-upserts.ts")).runPlainUpserts(settings),
  viewers: async (settings) => (await import("./viewers.ts")).runViewers(settings),
};

const { values, positionals } = parseArgs({
  options: {
    only: { type: "string", multiple: true },
    quick: { type: "boolean", default: false },
    tiny: { type: "boolean", default: false },
    child: { type: "string" },
  },
  allowPositionals: true,
});

if (values.child) await CHILDREN[values.child]!(JSON.parse(positionals[0]!) as never);
else await benchAll(values.only ?? Object.keys(BENCHES));

async function benchAll(names: readonly string[]): Promise<void> {
  const unknown = names.filter((name) => !(name in BENCHES));
  if (unknown.length > 0) {
    console.error(`no bench is called ${unknown.join(", ")}; there are ${Object.keys(BENCHES).join(", ")}`);
    process.exit(2);
  }
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));
  const size: BenchSize = values.tiny ? "tiny" : values.quick ? "quick" : "full";
  const cloneDirectory = dirname(import.meta.dirname);
  const all: BenchResult[] = [];
  for (const name of names) {
    console.log(`\n${name}`);
    const results = await BENCHES[name]!(size);
    all.push(...results);
    // Kept at once: a later bench that fails must not take hours with it. What was measured in a hurry is only shown.
    if (size === "full") keepResults(cloneDirectory, name, results);
  }
  printTable(all);
  if (size !== "full") console.log("\nNot kept: only full runs are.");
  process.exit(size === "tiny" || all.every(({ ok }) => ok) ? 0 : 1);
}
