const REPEAT_MS_MIN = 500;
const PARENT_POLL_MS = 500;
const STOP_SIGNALS = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls `stop` when a signal asks for it or, with `isParentWatched`, when the parent is gone: npm does not pass every
 * signal on. A second signal calls `endAtOnce`; one that comes with the first does not count, as a terminal sends
 * Ctrl-C to us and npm sends its copy of it.
 */
export function onStopRequest(options: { isParentWatched: boolean; stop(): void; endAtOnce(): void }): () => void {
  let firstAt: number | undefined;
  const handle = () => {
    if (firstAt === undefined) {
      firstAt = performance.now();
      options.stop();
    } else if (performance.now() - firstAt > REPEAT_MS_MIN) options.endAtOnce();
  };
  for (const signal of STOP_SIGNALS) process.on(signal, handle);

  const parent = process.ppid;
  const timer = setInterval(() => {
    if (options.isParentWatched && process.ppid !== parent && firstAt === undefined) handle();
  }, PARENT_POLL_MS);
  timer.unref();

  return () => {
    clearInterval(timer);
    for (const signal of STOP_SIGNALS) process.off(signal, handle);
  };
}
