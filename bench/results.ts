import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";

/** One figure with what it should be. `ceiling` is what the bare tools reach on the same machine, `ratio` our share of it. */
export type BenchResult = {
  name: string;
  what: string;
  figure: number;
  unit: string;
  bound: number;
  better: "higher" | "lower";
  ok: boolean;
  ceiling: number | null;
  ratio: number | null;
};

export function aResult(result: Omit<BenchResult, "ok" | "ratio">): BenchResult {
  const { figure, bound, better, ceiling } = result;
  const ok = better === "higher" ? figure >= bound : figure <= bound;
  return {
    ...result,
    figure: rounded(figure),
    ok,
    ceiling: ceiling && rounded(ceiling),
    ratio: ceiling && rounded(figure / ceiling),
  };
}

export function writeResults(path: string, results: readonly BenchResult[]): void {
  const commit = spawnSync("git", ["rev-parse", "--short", "HEAD"], { encoding: "utf8" }).stdout?.trim() || "unknown";
  const machine = `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;
  const report = { machine, date: new Date().toISOString(), commit, results };
  writeFileSync(path, `${JSON.stringify(report, null, 2)}\n`);
}

export function printTable(results: readonly BenchResult[]): void {
  const rows = [
    ["", "name", "what", "figure", "bound", "ceiling", "ratio"],
    ...results.map((result) => [
      result.ok ? "ok" : "NOT OK",
      result.name,
      result.what,
      `${result.figure} ${result.unit}`,
      `${result.better === "higher" ? "≥" : "≤"} ${result.bound}`,
      String(result.ceiling ?? "-"),
      String(result.ratio ?? "-"),
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows) console.log(row.map((cell, column) => cell.padEnd(widths[column]!)).join("  "));
}

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
