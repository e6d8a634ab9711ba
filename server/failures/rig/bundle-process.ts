import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const cloneDirectory = dirname(dirname(dirname(import.meta.dirname)));
const serverDirectory = join(cloneDirectory, "server");
/** Below the clone, so that packages are found from there. */
const cacheDirectory = join(cloneDirectory, "node_modules/.cache/wheelhouse-failures");

/**
 * Bundles an entry point as the product is bundled, once for each state of the sources, and returns the file: a process
 * that is started again and again must not compile itself each time. `threads` are entry points that lie beside it.
 */
export async function bundleProcess(entry: string, threads: Record<string, string> = {}): Promise<string> {
  const directory = join(cacheDirectory, stampOf(entry));
  const file = join(directory, "process.mjs");
  if (existsSync(file)) return file;
  mkdirSync(cacheDirectory, { recursive: true });
  const fresh = mkdtempSync(join(cacheDirectory, "building-"));
  await build({
    absWorkingDir: cloneDirectory,
    entryPoints: { process: entry, ...threads },
    outdir: fresh,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "inline",
    logLevel: "warning",
  });
  try {
    renameSync(fresh, directory);
  } catch {
    rmSync(fresh, { recursive: true }); // another suite was faster
  }
  return file;
}

function stampOf(entry: string): string {
  const hash = createHash("sha256").update(entry);
  for (const path of readdirSync(serverDirectory, { recursive: true, encoding: "utf8" }).sort()) {
    if (!path.endsWith(".ts") || path.endsWith(".test.ts")) continue;
    hash.update(`${path} ${statSync(join(serverDirectory, path)).mtimeMs}\n`);
  }
  return hash.digest("hex").slice(0, 16);
}
