import { setTimeout as sleep } from "node:timers/promises";

const REST_MS_MAX = 100;

/** All pages of a list that is read by the id of the last one. */
export async function* pagesOf<Item extends { id: string }>(
  read: (afterId: string | null) => Promise<Item[]>,
): AsyncGenerator<Item[]> {
  let afterId: string | null = null;
  do {
    const page: Item[] = await read(afterId);
    if (page.length > 0) yield page;
    afterId = page.at(-1)?.id ?? null;
  } while (afterId !== null);
}

export function* slices<Item>(items: readonly Item[], size: number): Generator<Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** Rests after each portion for as long as it was worked on: pages and positions come out of the same thread. */
export async function* atEase<Portion>(portions: Iterable<Portion> | AsyncIterable<Portion>): AsyncGenerator<Portion> {
  for await (const portion of portions) {
    const startedMs = performance.now();
    yield portion;
    await sleep(Math.min(REST_MS_MAX, performance.now() - startedMs));
  }
}

/** Composes a picture that has just been read, as much at a time as is at ease. */
export async function settle(picture: { isSettled(): boolean; recompute(isEnough: () => boolean): unknown }) {
  for await (const isEnough of atEase(spells())) picture.recompute(isEnough);

  function* spells() {
    while (!picture.isSettled()) yield untilSpent(COMPOSE_MS_MAX);
  }
}

/** So long a piece of work may hold up what else the thread has to do. */
export const COMPOSE_MS_MAX = 20;

/** Says when so many milliseconds of work are over, counted from now; the first piece of it is always done. */
export function untilSpent(ms: number): () => boolean {
  const endMs = performance.now() + ms;
  let isFirst = true;
  return () => {
    if (!isFirst) return performance.now() >= endMs;
    isFirst = false;
    return false;
  };
}
