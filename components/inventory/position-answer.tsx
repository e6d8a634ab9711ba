"use client";

import { moneyWords } from "@/components/orders/order-words.ts";
import { isLoud, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { StockStory } from "@/server/contracts/stock.ts";
import { stockLevel } from "./stock-level.ts";
import { answerWords, quantityText } from "./stock-words.ts";
import { useDays } from "./use-days.ts";

/** The day in words, then why, then the figures behind it. */
export function PositionAnswer({ story }: { story: StockStory }) {
  const { text, formats, locale } = usePreferences();
  const days = useDays();
  const { position } = story;
  const { detail } = text.inventory;
  const level = stockLevel(position.health);
  const isToned = isLoud(level) || level === "unknown";
  const figures: [string, string][] = [
    [detail.figures.onHand, quantityText(position.onHand, formats)],
    [detail.figures.reserved, quantityText(position.reserved, formats)],
    [detail.figures.inTransit, quantityText(position.inTransit, formats)],
    [detail.figures.onOrder, quantityText(position.onOrder, formats)],
    [detail.figures.safety, quantityText(position.safetyStock, formats)],
    [
      detail.figures.cover,
      position.coverDays === null ? text.missing : detail.days(formats.number(position.coverDays, 1)),
    ],
  ];
  return (
    <div className="section">
      <p className={isToned ? `answer tone-${LEVEL_TOKEN[level]}` : "answer"}>
        {answerWords(position, text, days, formats)}
      </p>
      <p className="dim position-why">{whyWords()}</p>
      <dl className="position-figures">
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt className="tiny faint">{name}</dt>
            <dd className="strong">{value}</dd>
          </div>
        ))}
      </dl>
    </div>
  );

  function whyWords(): string {
    const { why } = detail;
    const { onHand, unit, outDay, inbound, health } = position;
    if (health === "unknown") return why.notCounted;
    const sentences = [why.onHand(`${quantityText(onHand, formats)} ${unit}`)];
    if (outDay !== null && health !== "out") sentences.push(why.out(days.full(outDay)));
    if (inbound) sentences.push(why.next(`${quantityText(inbound.quantity, formats)} ${unit}`, days.full(inbound.day)));
    else if (isLoud(level)) sentences.push(why.noReceipt);
    return [...sentences, ...stakeWords()].join(" ");
  }

  function stakeWords(): string[] {
    const { count, amount, currency } = story.ordersAtStake;
    if (count === 0) return [];
    const words = formats.number(count);
    if (amount === null || currency === null) return [detail.why.stake(count, words)];
    return [detail.why.stakeWorth(count, words, moneyWords({ amount, currency }, locale, text.missing, "standard"))];
  }
}
