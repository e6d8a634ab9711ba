import type { Messages } from "@/components/messages/en.ts";
import type { ReplayEffect } from "@/server/contracts/dead-letter.ts";

const ROWS_TOLD = 2;
const FIELDS_TOLD = 3;

/** What a replay would come to, in one sentence without its full stop. */
export function effectWords(effects: readonly ReplayEffect[], text: Messages): string {
  const { letter } = text.data;
  if (effects.length === 0) return letter.nothing;
  const told = effects.slice(0, ROWS_TOLD).map((effect) => {
    const row = `${effect.rowTitle} ${keyWords(effect.key)}`.trim();
    return letter.effects[effect.effect](row, fieldWords(effect, text));
  });
  const more = effects.length - told.length;
  return more > 0 ? letter.and(told.join(", "), String(more)) : told.join(", ");
}

function fieldWords({ changes }: ReplayEffect, text: Messages): string {
  const told = changes.slice(0, FIELDS_TOLD).map(({ field }) => field);
  const more = changes.length - told.length;
  return more > 0 ? text.data.letter.and(told.join(", "), String(more)) : told.join(", ");
}

/** A key as people write it: without the client of SAP, its parts divided by a stroke. */
export function keyWords(key: string): string {
  const parts = key.split("|");
  return (parts.length > 1 ? parts.slice(1) : parts).join("/");
}
