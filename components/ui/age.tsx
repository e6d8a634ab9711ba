"use client";

import { useText } from "./preferences.tsx";

/** How old a fact is. Faint while fresh; marked in words once it is older than its source promises. */
export function Age({ words, stale }: { words: string; stale: boolean }) {
  const { detail } = useText();
  if (!stale) return <span className="faint nowrap">{words}</span>;
  return (
    <span className="tone-high nowrap" title={detail.staleTitle}>
      {detail.stale(words)}
    </span>
  );
}
