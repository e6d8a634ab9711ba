import { type LogFile, openLogFile } from "./log-file.ts";

const LAST_LINES_MAX = 20;

export type ChildOutput = {
  take(line: string): void;
  /** Shows the last lines: after a crash they are what a person wants to see. */
  showLast(): void;
  close(): void;
};

/** Keeps what a child prints in its log file, and shows the errors among it on the terminal. */
export function keepOutput(options: { name: string; file: string; show(line: string): void }): ChildOutput {
  const log: LogFile = openLogFile(options.file);
  const last: string[] = [];
  return {
    take(line) {
      log.write(line);
      last.push(line);
      if (last.length > LAST_LINES_MAX) last.shift();
      const text = errorText(line);
      if (text !== null) options.show(`${options.name}: ${text}`);
    },
    showLast() {
      for (const line of last.splice(0)) options.show(`${options.name} | ${line}`);
    },
    close: log.close,
  };
}

/** The message of a log line of level error; `null` for any other line. */
export function errorText(line: string): string | null {
  if (!line.includes('"level":"error"')) return null;
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(": ") || line;
  } catch {
    return null;
  }
}
