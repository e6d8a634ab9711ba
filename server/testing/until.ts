import { setTimeout as delay } from "node:timers/promises";

/** Waits until `check` gives something; for what another process does in its own time. */
export async function until<T>(
  what: string,
  check: () => Promise<T | null | false> | T | null | false,
  ms = 30_000,
): Promise<T> {
  const deadline = Date.now() + ms;
  for (;;) {
    const found = await check();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`in ${ms} ms it did not happen that ${what}`);
    await delay(25);
  }
}
