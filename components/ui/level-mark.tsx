import type { ReactNode } from "react";
import { LEVEL_TOKEN, type Level } from "./level.ts";

const SHAPES: Record<Level, ReactNode> = {
  critical: (
    <>
      <path d="M6 .4 11.6 6 6 11.6.4 6Z" fill="currentColor" />
      <path d="M6 3.2v3.4M6 8.1v.9" stroke="var(--wh-panel)" strokeWidth="1.5" />
    </>
  ),
  high: <path d="M6 .9 11.7 11H.3Z" fill="currentColor" strokeLinejoin="round" />,
  watch: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="2.6" />,
  normal: <path d="M6 1 10.4 11 6 8.6 1.6 11Z" fill="currentColor" />,
  calm: <circle cx="6" cy="6" r="3" fill="currentColor" />,
  still: <rect x="2" y="2" width="8" height="8" rx="1" fill="none" stroke="currentColor" strokeWidth="1.6" />,
  unknown: <circle cx="6" cy="6" r="4.4" fill="none" stroke="currentColor" strokeWidth="1.6" strokeDasharray="2.6 2" />,
  good: <path d="m1.8 6.4 2.8 2.9 5.6-6.4" fill="none" stroke="currentColor" strokeWidth="2" />,
};

/** The mark of a level. It never stands alone: a word beside it says the same. `headingDeg` turns the arrow head. */
export function LevelMark({ level, size = 12, headingDeg }: { level: Level; size?: number; headingDeg?: number }) {
  const turn = level === "normal" && headingDeg !== undefined ? { transform: `rotate(${headingDeg}deg)` } : undefined;
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 12 12"
      aria-hidden="true"
      data-level={level}
      className={`level-mark tone-${LEVEL_TOKEN[level]}`}
      style={turn}
    >
      {SHAPES[level]}
    </svg>
  );
}
