import { isLoud, LEVEL_TOKEN, type Level } from "./level.ts";
import { LevelMark } from "./level-mark.tsx";

/** A level with its word. `quiet` keeps the word slate where many stand together. */
export function Status({ level, word, quiet = false }: { level: Level; word: string; quiet?: boolean }) {
  const loud = !quiet && (isLoud(level) || level === "unknown" || level === "good");
  return (
    <span className={`status ${loud ? `tone-${LEVEL_TOKEN[level]}` : "dim"}`}>
      <LevelMark level={level} />
      {word}
    </span>
  );
}
