import { closeSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync, writeSync } from "node:fs";

/**
 * Either the old content or the new is there after a crash, never a part. `isDurable: false` spares the wait for the
 * disk where a machine that fails may leave rubbish, because the reader would notice and could do without.
 */
export function writeFileAtomically(path: string, content: string, { isDurable = true } = {}): void {
  const temporaryPath = `${path}.tmp`;
  const file = openSync(temporaryPath, "w");
  try {
    writeFileSync(file, content);
    if (isDurable) fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(temporaryPath, path);
}

/** The text of a file, or null if there is none. */
export function readFileIfThere(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if (isNotFound(error)) return null;
    throw error;
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** Writes bytes at a position of an open file. Throws if not all of them could be written. */
export type WriteAt = (file: number, bytes: Buffer, position: number) => void;

export const writeAt: WriteAt = (file, bytes, position) => {
  // A nearly full disk takes a part without an error; the next call then names it.
  for (let written = 0; written < bytes.length; ) {
    written += writeSync(file, bytes, written, bytes.length - written, position + written);
  }
};
