import type { PartitionLog } from "../log/partition-log.ts";

/**
 * Until so many bytes were appended to any of these logs, the time is up, or nobody waits any more. It ends one turn
 * of the event loop later, so that all partitions of one produce request are there together.
 */
export function waitForRecords(
  logs: readonly PartitionLog[],
  options: { missingBytes: number; timeoutMs: number; closed: AbortSignal },
): Promise<void> {
  return new Promise((resolve) => {
    let appendedBytes = 0;
    let isDone = false;
    const finish = () => {
      if (isDone) return;
      isDone = true;
      clearTimeout(timer);
      options.closed.removeEventListener("abort", finish);
      for (const unwatch of unwatchAll) unwatch();
      setImmediate(resolve);
    };
    const timer = setTimeout(finish, options.timeoutMs);
    options.closed.addEventListener("abort", finish);
    const unwatchAll = logs.map((log) =>
      log.watch((bytes) => {
        appendedBytes += bytes;
        if (appendedBytes >= options.missingBytes) finish();
      }),
    );
  });
}
