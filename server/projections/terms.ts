import type { Term } from "./projection.ts";

const WORDS_MAX = 6;

/** Terms that find an object by any word of a name: the name from each of its words on. */
export function termsOfName(name: string | null, title: string): Term[] {
  const words = (name ?? "").split(/\s+/).filter((word) => word !== "");
  return words.slice(0, WORDS_MAX).map((_, index) => ({ term: words.slice(index).join(" "), title }));
}
