"use client";

import { Menu, TextInput } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { useText } from "@/components/ui/preferences.tsx";

const LISTED_MAX = 60;

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
