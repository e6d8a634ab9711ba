import { copyFileSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { replacementEngine } from "../../tools/replacement-engine.mjs";
import { cloneDirectory } from "./clone.mjs";
import { withCloneLock } from "./clone-lock.mjs";
import { checkNode, install } from "./install.mjs";
import { mustRun, packageScript } from "./run.mjs";
import { hashOfSources, isStamped, writeStamp } from "./stamp.mjs";

const CONFIGURATION = ["package-lock.json", "package.json", "tsconfig.json"];
const isProductCode = (path) => !/\.test\.tsx?$|^server\/(generated|testing)(\/|$)/.test(path);
const isPageCode = (path) => isProductCode(path) && !/^server\/(embedded|simulator|threads)(\/|$)/.test(path);

/** What there is to do between a fresh clone and a product that runs, each with the sources it depends on. */
const STEPS = {
  client: {
    says: "Generating the database client",
    sources: ["prisma/schema.prisma", "prisma.config.ts", ...CONFIGURATION],
    stamp: "server/generated/.stamp",
    // Generating needs no schema engine, but the command wants to fetch one unless it is told of another.
    work: () => runPackage("prisma", "build/index.js", ["generate"], replacementEngine(cloneDirectory, process.env)),
  },
  assets: {
    says: "Building the base map",
    sources: ["scripts/basemap", "package-lock.json"],
    stamp: "public/basemap/.stamp",
    work: buildAssets,
  },
  bundle: {
    says: "Bundling the server",
    sources: ["server", "bench", "prisma/schema.prisma", "scripts/bundle.mjs", ...CONFIGURATION],
    isRelevant: isProductCode,
    stamp: "dist/.stamp",
    work: async () => (await import("../bundle.mjs")).bundle(),
  },
  pages: {
    says: "Building the pages (a minute on a small machine)",
    sources: ["app", "components", "server", "prisma/schema.prisma", "next.config.mjs", ...CONFIGURATION],
    isRelevant: isPageCode,
    stamp: ".next/wheelhouse-stamp",
    work: () => runPackage("next", "dist/bin/next", ["build"], { NODE_ENV: "production" }),
  },
};

/** Brings this clone to where the named steps are done, and does only what its sources ask for. */
export function prepare(names) {
  checkNode();
  return withCloneLock(async () => {
    await timed("Installing packages (a minute or two, once)", install);
    for (const name of names) await ensure(STEPS[name]);
  });
}

async function ensure({ says, sources, isRelevant, stamp, work }) {
  const file = join(cloneDirectory, stamp);
  const hash = hashOfSources(cloneDirectory, sources, isRelevant);
  if (isStamped(file, hash)) return;
  await timed(says, async () => {
    await work();
    writeStamp(file, hash);
  });
}

/** Says what is being done before it takes its time; a step that finds nothing to do says nothing. */
async function timed(says, work) {
  const since = performance.now();
  const hint = setTimeout(() => console.log(`${says} …`), 100);
  const isDone = await work().finally(() => clearTimeout(hint));
  if (isDone !== false) console.log(`  done in ${((performance.now() - since) / 1000).toFixed(1)} s`);
}

/** Quiet as long as it succeeds; a failure shows all that was printed. */
function runPackage(packageName, path, commandLine, environment = {}) {
  return mustRun(process.execPath, [packageScript(packageName, path), ...commandLine], {
    isQuiet: true,
    environment: { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1", ...environment },
  });
}

async function buildAssets() {
  await mustRun(process.execPath, [join(cloneDirectory, "scripts/basemap/build.mjs")], { isQuiet: true });
  const target = join(cloneDirectory, "public/maplibre");
  mkdirSync(target, { recursive: true });
  copyFileSync(packageScript("maplibre-gl", "dist/maplibre-gl-worker.mjs"), join(target, "maplibre-gl-worker.mjs"));
}
