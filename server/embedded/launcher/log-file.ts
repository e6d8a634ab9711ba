import { closeSync, fstatSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { dirname } from "node:path";

const SIZE_MAX_BYTES = 16 * 1024 * 1024;

export type LogFile = { write(line: string): void; close(): void };

/** Appends lines. A full file becomes `<file>.1` in place of the one before it, so that two are the most there are. */
export function openLogFile(file: string, sizeMaxBytes = SIZE_MAX_BYTES): LogFile {
  mkdirSync(dirname(file), { recursive: true });
  let descriptor = openSync(file, "a", 0o600);
  let sizeBytes = fstatSync(descriptor).size;
  return {
    write(line) {
      if (sizeBytes > sizeMaxBytes) {
        closeSync(descriptor);
        renameSync(file, `${file}.1`);
        descriptor = openSync(file, "a", 0o600);
        sizeBytes = 0;
      }
      sizeBytes += writeSync(descriptor, `${line}\n`);
    },
    close: () => closeSync(descriptor),
  };
}
