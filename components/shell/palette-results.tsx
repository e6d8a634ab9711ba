"use client";

import { IconCornerDownLeft } from "@tabler/icons-react";
import { useText } from "@/components/ui/preferences.tsx";
import { type PaletteItem, paletteGroups } from "./use-palette-items.tsx";

type PaletteResultsProps = {
  id: string;
  items: readonly PaletteItem[];
  active: number;
  query: string;
  onRun(item: PaletteItem): void;
  onPoint(index: number): void;
};

/** What was found, grouped. The focus stays in the field; `active` is what Enter would take. */
export function PaletteResults({ id, items, active, query, onRun, onPoint }: PaletteResultsProps) {
  const text = useText();
  return (
    <div id={id} role="listbox" aria-label={text.palette.label} className="palette-results">
      {paletteGroups(items).map(({ group, first, items: members }) => (
        // biome-ignore lint/a11y/useSemanticElements: a listbox groups its options by role, a fieldset is not allowed in it
        <div key={group} role="group" aria-label={text.palette[group]}>
          <div className="caption palette-head" aria-hidden="true">
            {text.palette[group]}
          </div>
          {members.map((item, offset) => (
            // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the active option
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field answers the keys
            <div
              key={item.id}
              id={`${id}-${first + offset}`}
              role="option"
              aria-selected={first + offset === active}
              className="hit"
              onPointerMove={() => onPoint(first + offset)}
              onClick={() => onRun(item)}
            >
              {item.icon}
              <span className="grow clip">
                <Highlighted words={item.label} part={query} /> <span className="faint">{item.detail}</span>
              </span>
              {first + offset === active ? <IconCornerDownLeft size={14} aria-hidden="true" /> : item.aside}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}

function Highlighted({ words, part }: { words: string; part: string }) {
  const at = part ? words.toLowerCase().indexOf(part.toLowerCase()) : -1;
  if (at < 0) return words;
  return (
    <>
      {words.slice(0, at)}
      <b>{words.slice(at, at + part.length)}</b>
      {words.slice(at + part.length)}
    </>
  );
}
