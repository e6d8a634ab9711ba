import { rmSync } from "node:fs";
import { join } from "node:path";
import { cloneDirectory } from "./lib/clone.mjs";

/** Each becomes `dist/<name>.mjs`: processes, and the threads that the tower starts from beside its own file. */
const ENTRIES = {
  launcher: "server/embedded/launcher.ts",
  broker: "server/embedded/broker/main.ts",
  main: "server/main.ts",
  telemetry: "server/threads/telemetry.ts",
  changes: "server/threads/changes.ts",
  keeping: "server/threads/keeping.ts",
  simulator: "server/simulator/main.ts",
  bench: "bench/main.ts",
};

export function bundleOptions() {
  return {
    absWorkingDir: cloneDirectory,
    entryPoints: ENTRIES,
    outdir: "dist",
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: true,
    logLevel: "warning",
  };
}

/** Bundles the server's own code; packages stay where npm put them. */
export async function bundle() {
  const { build, stop } = await import("esbuild");
  rmSync(join(cloneDirectory, "dist"), { recursive: true, force: true });
  await build(bundleOptions());
  await stop(); // its helper process would live as long as what is started next
}
