import { spawn } from "node:child_process";
import { join } from "node:path";
import { bundleOptions } from "./bundle.mjs";
import { cloneDirectory } from "./lib/clone.mjs";
import { prepare } from "./lib/prepare.mjs";
import { main, whenParentEnds } from "./lib/run.mjs";

/** Pages reload by themselves; the server's bundle is made anew at each change and everything starts again. */
await main(async ({ giveBack }) => {
  await prepare(["client", "assets", "bundle"]);
  giveBack();
  const { context } = await import("esbuild");
  let launcher;
  let isEnding = false;

  const end = async () => {
    isEnding = true;
    await stop(launcher);
    process.exit(0);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void end());
  whenParentEnds(() => void end());

  const startAgain = async ({ errors }) => {
    if (errors.length > 0 || isEnding) return; // esbuild has printed them; what runs goes on
    await stop(launcher);
    launcher = startLauncher();
    launcher.once("exit", () => {
      if (!launcher.isAsked) void end();
    });
  };
  const watching = await context({
    ...bundleOptions(),
    plugins: [{ name: "start-again", setup: (build) => build.onEnd(startAgain) }],
  });
  await watching.watch();
});

function startLauncher() {
  return spawn(
    process.execPath,
    ["--enable-source-maps", join(cloneDirectory, "dist/launcher.mjs"), ...process.argv.slice(2)],
    {
      cwd: cloneDirectory,
      stdio: ["ignore", "inherit", "inherit"],
      // A process group of its own: Ctrl-C reaches us first, and the launcher once.
      detached: true,
      env: { ...process.env, NODE_ENV: "development" },
    },
  );
}

async function stop(launcher) {
  if (!launcher || launcher.exitCode !== null) return;
  launcher.isAsked = true;
  const exited = new Promise((resolve) => launcher.once("exit", resolve));
  launcher.kill("SIGTERM");
  await exited;
}
