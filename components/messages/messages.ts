import { en, type Messages } from "./en.ts";

/** The catalogues by language tag; the first is what everyone else gets. A second language is one more line. */
const CATALOGUES: readonly (readonly [language: string, messages: Messages])[] = [["en", en]];

/** The catalogue for a locale such as `de-CH`, by its language. */
export function messagesFor(locale: string): Messages {
  const language = locale.split("-")[0];
  return (CATALOGUES.find(([known]) => known === language) ?? CATALOGUES[0]!)[1];
}
