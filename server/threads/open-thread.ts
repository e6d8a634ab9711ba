import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

const runsFromSource = import.meta.url.endsWith(".ts");

/**
 * Starts the thread whose entry point lies beside this file. Bundled, that is `<name>.mjs`. From source (tests and
 * development) it is `<name>.ts`, for which a thread has to register the TypeScript loader itself: Node 20 does not
 * hand its own loaders on.
 */
export function openThread(name: string, workerData: unknown): Worker {
  if (!runsFromSource) return new Worker(new URL(`./${name}.mjs`, import.meta.url), { name, workerData });
  const tsx = createRequire(import.meta.url).resolve("tsx/package.json");
  const loader = pathToFileURL(join(dirname(tsx), "dist/esm/api/index.mjs")).href;
  const entry = new URL(`./${name}.ts`, import.meta.url).href;
  const program = `import("${loader}").then(({ register }) => { register(); return import("${entry}"); })`;
  return new Worker(program, { name, workerData, eval: true });
}
