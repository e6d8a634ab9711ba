import { expect, test } from "vitest";
import { atEase, pagesOf, settle, slices, untilSpent } from "./portions.ts";

const ITEMS = Array.from({ length: 7 }, (_, index) => ({ id: String(index) }));

test("every page is read once, to the end, also when the last is full", async () => {
  const ids = async (size: number) => {
    const found: string[] = [];
    const read = async (afterId: string | null) =>
      ITEMS.filter(({ id }) => afterId === null || id > afterId).slice(0, size);
    for await (const page of atEase(pagesOf(read))) found.push(...page.map(({ id }) => id));
    return found;
  };
  const all = ITEMS.map(({ id }) => id);
  for (const size of [1, 3, 7, 10]) expect(await ids(size)).toEqual(all);
});

test("slices are whole but for the last", () => {
  expect([...slices(ITEMS, 3)].map((slice) => slice.length)).toEqual([3, 3, 1]);
  expect([...slices([], 3)]).toEqual([]);
});

test("a picture is settled by and by, and other work goes on meanwhile", async () => {
  let left = 5;
  let others = 0;
  const timer = setInterval(() => others++, 1);
  const picture = {
    isSettled: () => left === 0,
    recompute(isEnough: () => boolean) {
      const endMs = performance.now() + 3;
      while (performance.now() < endMs);
      if (!isEnough()) left -= 1;
    },
  };
  await settle(picture);
  clearInterval(timer);
  expect(left).toBe(0);
  expect(others).toBeGreaterThan(0);
});

test("the first piece is always done, the next while there is time", () => {
  const none = untilSpent(0);
  expect([none(), none()]).toEqual([false, true]);
  const much = untilSpent(60_000);
  expect([much(), much()]).toEqual([false, false]);
});
