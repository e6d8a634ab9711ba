"use client";

import { Menu } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconLogout } from "@tabler/icons-react";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { ColourItem } from "./colour-switch.tsx";

export type Person = { name: string; role: Role };

export function UserMenu({ person }: { person: Person }) {
  const text = useText();
  const signOut = async () => {
    const answer = await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => null);
    // A full load, so that nothing of the operation stays in this page's memory.
    if (answer?.ok) window.location.assign("/sign-in");
    else notifications.show({ message: text.shell.signOutFailed, role: "status" });
  };
  return (
    <Menu position="bottom-end" width={216}>
      <Menu.Target>
        <button type="button" className="avatar-button" aria-label={text.shell.user(person.name)}>
          <span className="avatar" aria-hidden="true">
            {initialsOf(person.name)}
          </span>
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <div className="user-card">
          <div className="strong clip">{person.name}</div>
          <div className="small faint">{text.shell.roles[person.role]}</div>
        </div>
        <Menu.Divider />
        <ColourItem />
        <Menu.Item leftSection={<IconLogout size={14} aria-hidden="true" />} onClick={signOut}>
          {text.shell.signOut}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

/** Two letters at most: the first of the first and of the last word. */
export function initialsOf(name: string): string {
  const words = name.split(/[\s.@_-]+/).filter(Boolean);
  const ends = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return ends.map((word) => word?.[0]?.toUpperCase() ?? "").join("") || "?";
}
