import type { Messages } from "@/components/messages/en.ts";

/** What a reason says in plain words; one that a connector added keeps its own, without the underscores. */
export function reasonWords(reason: string, text: Messages): string {
  const known = text.data.rejected.reasonWords[reason];
  if (known) return known;
  const words = reason.replaceAll("_", " ");
  return words.charAt(0).toUpperCase() + words.slice(1);
}
