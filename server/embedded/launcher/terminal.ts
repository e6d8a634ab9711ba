/** What a person sees of the launcher: plain lines, and one box at the end. */
export type Terminal = { say(line: string): void; fail(line: string): void };

export function createTerminal(output: NodeJS.WriteStream, errors: NodeJS.WriteStream): Terminal {
  // A terminal that has gone away must not take the orderly stop with it.
  for (const stream of [output, errors]) stream.on("error", () => {});
  return {
    say: (line) => void output.write(`${line}\n`),
    fail: (line) => void errors.write(`\n✖ ${line}\n`),
  };
}

export function box(lines: readonly string[]): string {
  const width = Math.max(...lines.map((line) => line.length));
  const edge = "─".repeat(width + 2);
  return [`┌${edge}┐`, ...lines.map((line) => `│ ${line.padEnd(width)} │`), `└${edge}┘`].join("\n");
}

export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
