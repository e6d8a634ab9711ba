import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { type BenchResult, boundOf } from "./results.ts";

/** A result with when, at which commit and by which command it was measured. */
type KeptResult = BenchResult & { machine: string; date: string; commit: string; command: string };
type Report = { machine: string; date: string; commit: string; results: KeptResult[] };

const RESULTS = "bench/results.json";
const PAGE = "docs/performance.md";
const [BEGIN, END] = ["<!-- results: begin -->", "<!-- results: end -->"];
const NAMES_IN_ORDER = ["line", "latency", "map", "memory", "sockets", "changes", "rules", "history", "alerts"];

/** Puts the results of one bench in place of its older ones; those of the others stay, with their own date and commit. */
export function keepResults(cloneDirectory: string, name: string, results: readonly BenchResult[]): void {
  const file = join(cloneDirectory, RESULTS);
  const measured = { machine: machineNow(), date: new Date().toISOString(), commit: commitNow(cloneDirectory) };
  const fresh = results.map((result) => ({ ...result, ...measured, command: `npm run bench -- --only ${name}` }));
  const others = readReport(file).filter((result) => result.name !== name);
  const all = [...others, ...fresh].sort((a, b) => placeOf(a) - placeOf(b));
  const report: Report = { ...measured, results: all };
  writeFileSync(file, `${JSON.stringify(report, null, 2)}\n`);
  writeTable(join(cloneDirectory, PAGE), all);
}

/** Results from before they were marked one by one have their date and commit at the head. */
function readReport(file: string): KeptResult[] {
  if (!existsSync(file)) return [];
  const { results, machine, date, commit } = JSON.parse(readFileSync(file, "utf8")) as Report;
  return results.map((result) => {
    const command = `npm run bench -- --only ${result.name}`;
    return { ...result, ...{ machine, date, commit, command }, ...result };
  });
}

/** Writes the table into the page, between its marks. */
function writeTable(page: string, results: readonly KeptResult[]): void {
  const text = readFileSync(page, "utf8");
  const [begin, end] = [text.indexOf(BEGIN), text.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`${PAGE} has no place for the table: it needs ${BEGIN} and ${END}`);
  writeFileSync(page, `${text.slice(0, begin + BEGIN.length)}\n\n${tableOf(results)}\n\n${text.slice(end)}`);
}

function tableOf(results: readonly KeptResult[]): string {
  const rows = results.map((result) => {
    const { name, what, figure, unit, ok, ceiling, ratio, date, commit } = result;
    const beside = ceiling === null ? "" : `${ceiling} (${ratio})`;
    const cells = [name, what, `**${figure}** ${unit}`, boundOf(result), ok ? "yes" : "**no**", beside];
    return `| ${[...cells, date.slice(0, 10), commit].join(" | ")} |`;
  });
  const runs = [...new Set(results.map(({ machine, command }) => `* \`${command}\` on ${machine}`))];
  const head = ["| Bench | What | Measured | Bound | Held | Bare tools (share) | Date | Commit |"];
  return [...head, "| --- | --- | --- | --- | --- | --- | --- | --- |", ...rows, "", ...runs].join("\n");
}

const placeOf = ({ name }: KeptResult): number => NAMES_IN_ORDER.indexOf(name) + 1 || NAMES_IN_ORDER.length + 1;

const machineNow = (): string =>
  `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}`;

function commitNow(cloneDirectory: string): string {
  const { stdout } = spawnSync("git", ["rev-parse", "--short", "HEAD"], { cwd: cloneDirectory, encoding: "utf8" });
  return stdout?.trim() || "unknown";
}
