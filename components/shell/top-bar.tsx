"use client";

import { ActionIcon } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { Clock } from "./clock.tsx";
import { ColourSwitch } from "./colour-switch.tsx";
import { Handover } from "./handover/handover.tsx";
import { type Person, UserMenu } from "./user-menu.tsx";
import { ViewMenu } from "./views/view-menu.tsx";
import type { ViewPage } from "./views/view-queries.ts";

type TopBarProps = {
  title: string;
  /** The page whose filters can be kept; `null` for one that has none. */
  page: ViewPage | null;
  person: Person;
  onFind: () => void;
};

export function TopBar({ title, page, person, onFind }: TopBarProps) {
  const text = useText();
  return (
    <header className="top-bar">
      <h1 className="title">{title}</h1>
      {page && <ViewMenu page={page} />}
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
      <Handover />
      <ColourSwitch />
      <UserMenu person={person} />
    </header>
  );
}
