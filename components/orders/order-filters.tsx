"use client";

import { Menu, TextInput } from "@mantine/core";
import { IconCheck, IconChevronDown } from "@tabler/icons-react";
import { useState } from "react";
import { usePreferences } from "@/components/ui/preferences.tsx";

const LISTED_MAX = 60;

type Choice = { value: string; word: string };

type ChoiceMenuProps = {
  /** What is chosen among, as the closed button names it. */
  name: string;
  choices: readonly Choice[];
  /** Those chosen; none is any of them. */
  values: readonly string[];
  /** More than one may be chosen: the menu stays open for the next. */
  several?: boolean;
  onChange(values: string[]): void;
};

/** One filter: closed it names what it filters by, and its value once there is one. */
export function ChoiceMenu({ name, choices, values, several = false, onChange }: ChoiceMenuProps) {
  const { orders } = usePreferences().text;
  const [wanted, setWanted] = useState("");
  const fitting = choices.filter(({ word }) => word.toLowerCase().includes(wanted.toLowerCase())).slice(0, LISTED_MAX);
  const choose = (value: string) => {
    if (!several) return onChange([value]);
    const after = new Set(values);
    if (!after.delete(value)) after.add(value);
    onChange(choices.flatMap((choice) => (after.has(choice.value) ? choice.value : [])));
  };
  return (
    <Menu position="bottom-start" alignItemsLabels="all" onClose={() => setWanted("")}>
      <Menu.Target>
        <button type="button" className="chip order-choice" data-chosen={values.length > 0 || undefined}>
          <span className="clip">{useChosenWords(name, choices, values)}</span>
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
        <ChoiceItem word={orders.anyOf(name)} isChosen={values.length === 0} onClick={() => onChange([])} />
        {fitting.map(({ value, word }) => (
          <ChoiceItem
            key={value}
            word={word}
            several={several}
            isChosen={values.includes(value)}
            onClick={() => choose(value)}
          />
        ))}
        {fitting.length === 0 && <p className="order-no-choice small faint">{orders.noneSuch}</p>}
      </Menu.Dropdown>
    </Menu>
  );
}

function useChosenWords(name: string, choices: readonly Choice[], values: readonly string[]): string {
  const { text, formats } = usePreferences();
  const [first] = values;
  if (first === undefined) return name;
  const word = choices.find(({ value }) => value === first)?.word ?? first;
  const others = values.length - 1;
  const { filterOf, severalOf } = text.orders;
  return filterOf(name, others === 0 ? word : severalOf(word, formats.number(others)));
}

const CHECK = <IconCheck size={14} aria-hidden="true" />;

type ChoiceItemProps = { word: string; several?: boolean; isChosen: boolean; onClick(): void };

function ChoiceItem({ word, several = false, isChosen, onClick }: ChoiceItemProps) {
  const Item = several ? Menu.CheckboxItem : Menu.RadioItem;
  return (
    <Item value={word} checked={isChosen} checkIcon={CHECK} closeMenuOnClick={!several} onChange={onClick}>
      {word}
    </Item>
  );
}
