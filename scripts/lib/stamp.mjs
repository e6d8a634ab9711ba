import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

/**
 * A hash of the content of files and folders, with their paths: a fresh checkout or a touched file changes nothing.
 * `isRelevant` sees each path relative to `base` and may leave some out; what does not exist adds nothing.
 *
 * @param {string} base
 * @param {string[]} paths
 * @param {(path: string) => boolean} [isRelevant]
 */
export function hashOfSources(base, paths, isRelevant = () => true) {
  const hash = createHash("sha256");
  for (const path of paths.toSorted()) addTo(hash, base, join(base, path), isRelevant);
  return hash.digest("hex");
}

function addTo(hash, base, path, isRelevant) {
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status || !isRelevant(relative(base, path))) return;
  if (status.isDirectory()) {
    for (const name of readdirSync(path).toSorted()) addTo(hash, base, join(path, name), isRelevant);
    return;
  }
  const content = readFileSync(path);
  hash.update(`${relative(base, path)}\0${content.length}\0`).update(content);
}

/** Whether the step that wrote this stamp did so for the same sources. The stamp lies in what the step made. */
export function isStamped(file, hash) {
  return existsSync(file) && readFileSync(file, "utf8") === hash;
}

export function writeStamp(file, hash) {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, hash);
}
