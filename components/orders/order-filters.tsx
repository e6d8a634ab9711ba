"use client";

import { Menu, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconCheck, IconChevronDown, IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";

const TYPING_MS = 200;
const LISTED_MAX = 60;

/** Searches the list as one types; Escape empties it, then leaves it. */
export function OrderSearch({ value, onChange }: { value: string; onChange(text: string): void }) {
  const { orders } = useText();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, TYPING_MS);
  // The address may change from outside: Back, a link, "Clear filters".
  useEffect(() => setTyped(value), [value]);
  useShortcut("search", () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      type="search"
      className="order-search"
      aria-label={orders.search}
      placeholder={orders.searchHint}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={<Kbd>/</Kbd>}
      rightSectionPointerEvents="none"
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        if (typed === "") return input.current?.blur();
        setTyped("");
        settle.cancel();
        onChange("");
      }}
    />
  );
}

type Choice = { value: string; word: string };

type ChoiceMenuProps = {
  /** What is chosen among, as the closed button names it. */
  name: string;
  choices: readonly Choice[];
  value: string | null;
  onChange(value: string | null): void;
};

/** One filter: closed it names what it filters by, and its value once there is one. */
export function ChoiceMenu({ name, choices, value, onChange }: ChoiceMenuProps) {
  const { orders } = useText();
  const [wanted, setWanted] = useState("");
  const chosen = choices.find((choice) => choice.value === value)?.word ?? value;
  const fitting = choices.filter(({ word }) => word.toLowerCase().includes(wanted.toLowerCase())).slice(0, LISTED_MAX);
  return (
    <Menu position="bottom-start" onClose={() => setWanted("")}>
      <Menu.Target>
        <button type="button" className="chip order-choice" data-chosen={value !== null || undefined}>
          <span className="clip">{chosen === null ? name : orders.filterOf(name, chosen)}</span>
          <IconChevronDown size={12} aria-hidden="true" />
        </button>
      </Menu.Target>
      <Menu.Dropdown className="order-choices">
        {choices.length > LISTED_MAX && (
          <TextInput
            aria-label={orders.find(name)}
            placeholder={orders.find(name)}
            value={wanted}
            onChange={(event) => setWanted(event.currentTarget.value)}
            mb={4}
          />
        )}
        <ChoiceItem word={orders.anyOf(name)} isChosen={value === null} onClick={() => onChange(null)} />
        {fitting.map((choice) => (
          <ChoiceItem
            key={choice.value}
            word={choice.word}
            isChosen={choice.value === value}
            onClick={() => onChange(choice.value)}
          />
        ))}
        {fitting.length === 0 && <p className="order-no-choice small faint">{orders.noneSuch}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

function ChoiceItem({ word, isChosen, onClick }: { word: string; isChosen: boolean; onClick(): void }) {
  return (
    <Menu.Item
      role="menuitemradio"
      aria-checked={isChosen}
      leftSection={<IconCheck size={14} className={isChosen ? undefined : "invisible"} aria-hidden="true" />}
      onClick={onClick}
    >
      {word}
    </Menu.Item>
  );
}
