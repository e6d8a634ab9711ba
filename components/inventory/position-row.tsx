"use client";

import { memo } from "react";
import { isLoud, LEVEL_TOKEN } from "@/components/ui/level.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Sparkline } from "@/components/ui/sparkline.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { StockPosition } from "@/server/contracts/stock.ts";
import { stockLevel } from "./stock-level.ts";
import { healthWords, quantityText } from "./stock-words.ts";
import { useDays } from "./use-days.ts";

type PositionRowProps = { position: StockPosition; siteName: string; nowMs: number };

/** The cells of one material at one site. What is projected is drawn; cover and health beside it are its words. */
export const PositionRow = memo(function PositionRow({ position, siteName, nowMs }: PositionRowProps) {
  const { text, formats } = usePreferences();
  const days = useDays();
  const { inventory } = text;
  const level = stockLevel(position.health);
  const tone = isLoud(level) ? LEVEL_TOKEN[level] : "normal";
  const { safetyStock, inbound, coverDays } = position;
  return (
    <>
      <td className="clip cell-material">
        <span className="clip strong">{position.text ?? position.materialDisplay}</span>
        <span className="clip small dim">{position.materialDisplay}</span>
      </td>
      <td className="clip dim cell-site">{siteName}</td>
      <td className="num cell-on-hand nowrap">
        <b>{quantityText(position.onHand, formats)}</b> <span className="unit">{position.unit}</span>
      </td>
      <td className="num dim cell-safety">{quantityText(safetyStock, formats)}</td>
      <td className="num dim cell-inbound clip">
        {inbound ? `${quantityText(inbound.quantity, formats)} ${days.short(inbound.day, nowMs)}` : inventory.noInbound}
      </td>
      <td className="cell-projected">
        <Sparkline
          values={position.projected}
          tone={tone}
          {...(safetyStock !== null && Number(safetyStock) > 0 && { limit: Number(safetyStock) })}
        />
        <span className="visually-hidden">{projectedWords()}</span>
      </td>
      <td className={`num cell-cover nowrap strong ${isLoud(level) ? `tone-${tone}` : ""}`}>
        {coverDays === null ? text.missing : inventory.detail.days(formats.number(coverDays, 1))}
      </td>
      <td className="cell-health">
        <Status level={level} word={healthWords(position, text, days, nowMs)} />
      </td>
    </>
  );

  function projectedWords(): string {
    const [first, last] = [position.projected[0], position.projected.at(-1)];
    if (first === undefined || last === undefined) return text.missing;
    return inventory.projectedWords(formats.number(first), formats.number(last));
  }
});
