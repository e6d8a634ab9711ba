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
    bound: rounded(bound),
    ok,
    ceiling: ceiling && rounded(ceiling),
    ratio: ceiling && rounded(figure / ceiling),
  };
}

export function printTable(results: readonly BenchResult[]): void {
  const rows = [
    ["", "name", "figure", "bound", "ceiling", "ratio", "what"],
    ...results.map((result) => [
      result.ok ? "ok" : "NOT OK",
      result.name,
      `${result.figure} ${result.unit}`,
      boundOf(result),
      String(result.ceiling ?? "-"),
      String(result.ratio ?? "-"),
      result.what,
    ]),
  ];
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  for (const row of rows)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column]!))
        .join("  ")
        .trimEnd(),
    );
}

export const boundOf = ({ better, bound }: BenchResult): string => `${better === "higher" ? "≥" : "≤"} ${bound}`;

const rounded = (value: number): number =>
  Math.abs(value) >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
