import { closeSync, constants, fdatasync, fstatSync, fsyncSync, ftruncateSync, openSync } from "node:fs";
import type { Logger } from "../../platform/logger.ts";
import { readFileIfThere, writeAt, writeFileAtomically } from "./files.ts";

/**
 * A journal of JSON lines. A line is in the page cache when `append` returns. `rewrite` replaces the whole by what
 * still matters; it has to be called once before the first `append`, and so leaves out what a crash cut in half.
 */
export class JournalFile {
  readonly #path: string;
  #file: number;
  #sizeBytes = 0;
  #lines = 0;
  #isDirty = false;

  constructor(path: string) {
    this.#path = path;
    this.#file = openForWriting(path);
  }

  /** All entries up to the first that cannot be read: behind that nothing can be trusted. */
  static read(path: string, logger: Logger): unknown[] {
    const entries: unknown[] = [];
    for (const line of (readFileIfThere(path) ?? "").split("\n")) {
      if (line === "") continue;
      try {
        entries.push(JSON.parse(line));
      } catch (error) {
        logger.warn({ path, entries: entries.length, err: error }, "cut a torn tail off a journal");
        break;
      }
    }
    return entries;
  }

  /** Lines appended since the last rewrite. */
  get lines(): number {
    return this.#lines;
  }

  /** Throws if it cannot be written, with the file as it was before. */
  append(entries: readonly unknown[]): void {
    if (entries.length === 0) return;
    const bytes = Buffer.from(toLines(entries));
    try {
      writeAt(this.#file, bytes, this.#sizeBytes);
    } catch (error) {
      ftruncateSync(this.#file, this.#sizeBytes);
      throw error;
    }
    this.#sizeBytes += bytes.length;
    this.#lines += entries.length;
    this.#isDirty = true;
  }

  rewrite(entries: readonly unknown[]): void {
    writeFileAtomically(this.#path, toLines(entries));
    closeSync(this.#file);
    this.#file = openForWriting(this.#path);
    this.#sizeBytes = fstatSync(this.#file).size;
    this.#lines = 0;
    this.#isDirty = false;
  }

  sync(onError: (error: Error) => void): void {
    if (!this.#isDirty) return;
    this.#isDirty = false;
    fdatasync(this.#file, (error) => {
      if (error) onError(error);
    });
  }

  close(): void {
    if (this.#isDirty) fsyncSync(this.#file);
    closeSync(this.#file);
  }
}

function openForWriting(path: string): number {
  return openSync(path, constants.O_RDWR | constants.O_CREAT, 0o644);
}

function toLines(entries: readonly unknown[]): string {
  return entries.map((entry) => `${JSON.stringify(entry)}\n`).join("");
}
