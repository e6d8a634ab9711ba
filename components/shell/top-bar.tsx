"use client";

import { ActionIcon } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { Clock } from "./clock.tsx";
import { ColourSwitch } from "./colour-switch.tsx";
import { type Person, UserMenu } from "./user-menu.tsx";

export function TopBar({ title, person, onFind }: { title: string; person: Person; onFind: () => void }) {
  const text = useText();
  return (
    <header className="top-bar">
      <h1 className="title">{title}</h1>
      <span className="grow" />
      <button type="button" className="find" onClick={onFind}>
        <IconSearch size={15} aria-hidden="true" />
        <span className="grow clip">{text.shell.find}</span>
        <Kbd>Ctrl K</Kbd>
      </button>
      <Clock />
      <ActionIcon className="find-small" size={36} aria-label={text.shell.find} onClick={onFind}>
        <IconSearch size={18} aria-hidden="true" />
      </ActionIcon>
      <ColourSwitch />
      <UserMenu person={person} />
    </header>
  );
}
