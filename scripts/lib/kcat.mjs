import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { run } from "./run.mjs";

/** Its older name is still that of some distributions. */
const NAMES = ["kcat", "kafkacat"];

export const KCAT_HELP = "install kcat (for example with `sudo apt-get install kcat` or `brew install kcat`)";

/** The command that runs kcat: one that is here, else one from apt where that may be used; undefined if there is none. */
export async function ensureKcat() {
  return findKcat() ?? (await fromApt());
}

function findKcat() {
  return NAMES.find((name) => spawnSync(name, ["-V"], { timeout: 20_000, stdio: "ignore" }).status === 0);
}

async function fromApt() {
  if (process.getuid?.() !== 0 || !existsSync("/usr/bin/apt-get")) return undefined;
  console.log("Installing kcat with apt for its test (once) …");
  const options = { isQuiet: true, environment: { DEBIAN_FRONTEND: "noninteractive" } };
  await run("apt-get", ["update", "-qq"], options);
  await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "kcat"], options);
  return findKcat();
}

/** What tells the test runner to leave out the test that needs kcat, where there is none to be had; that is said once. */
export async function filtersWithoutKcat() {
  if (await ensureKcat()) return [];
  console.log(`Left out: the test that drives the broker with kcat. To run it, ${KCAT_HELP}.`);
  return ["--exclude=server/embedded/broker/conformance/kcat.it.test.ts"];
}
