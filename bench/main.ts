import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { runBareClient } from "./bare-client.ts";
import { benchLine } from "./line.ts";
import { runMeasuredLine } from "./measured-line.ts";
import { type BenchResult, printTable, writeResults } from "./results.ts";

/** One entry for each promise that is measured: a file, and a line here. */
const BENCHES: Record<string, () => Promise<BenchResult[]>> = {
  line: benchLine,
};

/** Processes that a bench starts from this same file, to be measured on their own. */
const CHILDREN: Record<string, (settings: never) => Promise<void>> = {
  bare: runBareClient,
  line: runMeasuredLine,
};

const { values, positionals } = parseArgs({
  options: { only: { type: "string", multiple: true }, child: { type: "string" } },
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
  const results: BenchResult[] = [];
  for (const name of names) results.push(...(await BENCHES[name]!()));
  printTable(results);
  writeResults(join(dirname(import.meta.dirname), "bench/results.json"), results);
  process.exit(results.every(({ ok }) => ok) ? 0 : 1);
}
