import { expect, test, vi } from "vitest";
import type { PastContext } from "./as-of.ts";
import { createPastCache } from "./past-cache.ts";

const NOW_MS = Date.UTC(2026, 7, 19, 12);
const HOUR_MS = 3_600_000;

function aCache() {
  const clock = { nowMs: NOW_MS };
  const waiting: { atMs: number; done(context: PastContext): void; fail(error: Error): void }[] = [];
  const build = vi.fn(
    (atMs: number) => new Promise<PastContext>((done, fail) => void waiting.push({ atMs, done, fail })),
  );
  const at = createPastCache({ build, now: () => clock.nowMs });
  /** Lets the oldest build that runs end. */
  const end = async (work: (build: (typeof waiting)[number]) => void) => {
    await vi.waitFor(() => expect(waiting.length).toBeGreaterThan(0));
    work(waiting.shift()!);
  };
  return { at, build, clock, end };
}
const aMoment = () => ({}) as PastContext;

test("a moment is built once for all who ask while it is kept, and one at a time", async () => {
  const { at, build, clock, end } = aCache();
  const [one, same, other] = [at(NOW_MS - HOUR_MS), at(NOW_MS - HOUR_MS), at(NOW_MS - 2 * HOUR_MS)];
  await vi.waitFor(() => expect(build).toHaveBeenCalledTimes(1));
  const moment = aMoment();
  await end(({ done }) => done(moment));
  expect(await one).toBe(moment);
  expect(await same).toBe(moment);
  await end(({ done }) => done(aMoment()));
  await other;
  expect(build).toHaveBeenCalledTimes(2);

  clock.nowMs += 30_000;
  expect(await at(NOW_MS - HOUR_MS)).toBe(moment);
  clock.nowMs += 60_000;
  const again = at(NOW_MS - HOUR_MS);
  await end(({ done }) => done(aMoment()));
  expect(await again).not.toBe(moment);
});

test("what could not be built is built again, and does not hold up the next", async () => {
  const { at, end } = aCache();
  const failed = expect(at(NOW_MS - HOUR_MS)).rejects.toThrow("away");
  const next = at(NOW_MS - 2 * HOUR_MS);
  await end(({ fail }) => fail(new Error("away")));
  await failed;
  const moment = aMoment();
  await end(({ done }) => done(moment));
  expect(await next).toBe(moment);
  const again = at(NOW_MS - HOUR_MS);
  await end(({ done }) => done(moment));
  expect(await again).toBe(moment);
});

test("near the present, records may still come: such a moment is soon built anew", async () => {
  const { at, build, clock, end } = aCache();
  const fresh = at(NOW_MS - 1_000);
  await end(({ done }) => done(aMoment()));
  await fresh;
  clock.nowMs += 5_000;
  void at(NOW_MS - 1_000);
  await vi.waitFor(() => expect(build).toHaveBeenCalledTimes(2));
});
