import { existsSync, rmSync } from "node:fs";
import { fallbackDirectory, placeAt } from "./places.ts";
import { clearStalePostmaster } from "./postmaster.ts";

/** Removes the database of this directory with all it holds, wherever it lives. A server left over is ended first. */
export async function removeDatabase(directory: string): Promise<void> {
  for (const candidate of [directory, fallbackDirectory(directory)]) {
    if (!existsSync(candidate)) continue;
    await clearStalePostmaster(placeAt(candidate));
    rmSync(candidate, { recursive: true, force: true });
  }
}
