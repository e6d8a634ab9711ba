"use client";

import { type ReactNode, useRef } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";

export type PickItem = {
  id: string;
  title: ReactNode;
  /** At the right of the title: a count, a time. */
  aside?: ReactNode;
  line?: ReactNode;
  lineAside?: ReactNode;
  mark?: ReactNode;
  inset?: boolean;
};

type PickListProps = {
  label: string;
  items: readonly PickItem[];
  chosenId: string;
  onChoose: (id: string) => void;
};

/** A list of which one is chosen: by pointer, by Tab and Enter, or by j and k from anywhere on the page. */
export function PickList({ label, items, chosenId, onChoose }: PickListProps) {
  const list = useRef<HTMLUListElement>(null);
  const at = items.findIndex(({ id }) => id === chosenId);
  const go = (index: number) => {
    const item = items[Math.max(0, Math.min(items.length - 1, index))];
    if (!item) return;
    onChoose(item.id);
    const button = [...(list.current?.querySelectorAll("button") ?? [])].find((each) => each.dataset.id === item.id);
    button?.focus();
  };
  useShortcut("next", () => go(at + 1));
  useShortcut("previous", () => go(at < 0 ? 0 : at - 1));
  return (
    <ul ref={list} className="pick-list" aria-label={label}>
      {items.map(({ id, title, aside, line, lineAside, mark, inset }) => (
        <li key={id}>
          <button
            type="button"
            data-id={id}
            data-inset={inset || undefined}
            aria-current={id === chosenId ? "true" : undefined}
            onClick={() => onChoose(id)}
          >
            {mark && <span className="pick-mark">{mark}</span>}
            <span className="pick-title clip">{title}</span>
            <span className="pick-aside">{aside}</span>
            {line && <span className="pick-line clip faint">{line}</span>}
            {lineAside && <span className="pick-line-aside faint">{lineAside}</span>}
          </button>
        </li>
      ))}
    </ul>
  );
}
