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
