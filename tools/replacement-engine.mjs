import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/**
 * What to set so that the `prisma` command of this clone finds a schema engine. Where the native one has been
 * downloaded, or the user names one, that is used; else the one that npm carries.
 *
 * @param {string} cloneDirectory
 * @param {Record<string, string | undefined>} environment
 * @returns {{ PRISMA_SCHEMA_ENGINE_BINARY?: string }}
 */
export function replacementEngine(cloneDirectory, environment) {
  if (environment.PRISMA_SCHEMA_ENGINE_BINARY) return {};
  const downloads = join(cloneDirectory, "node_modules/@prisma/engines");
  const isNative = existsSync(downloads) && readdirSync(downloads).some((name) => name.startsWith("schema-engine-"));
  return isNative ? {} : { PRISMA_SCHEMA_ENGINE_BINARY: join(cloneDirectory, "tools/schema-engine.mjs") };
}
