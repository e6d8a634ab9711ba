"use client";

import { Menu } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import Link from "next/link";
import { useText } from "@/components/ui/preferences.tsx";
import { Wheel } from "@/components/ui/wheel.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { navAt, navFor } from "./nav.ts";

/** The pages this role has: a rail at the side; a bar at the foot of a narrow screen, with the rest behind "More". */
export function Rail({ path, role }: { path: string; role: Role }) {
  const text = useText();
  const entries = navFor(role);
  const current = navAt(path)?.path;
  return (
    <nav className="rail" aria-label={text.shell.pages}>
      <div className="rail-logo">
        <Wheel />
      </div>
      {entries.map(({ path: target, name, icon: Icon, group }) => (
        <Link
          key={target}
          href={target}
          prefetch={false}
          className="rail-item"
          data-group={group}
          aria-current={current === target ? "page" : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {text.pages[name]}
        </Link>
      ))}
      {entries.some(({ group }) => group !== "work") && <More path={path} role={role} />}
    </nav>
  );
}

function More({ path, role }: { path: string; role: Role }) {
  const text = useText();
  const others = navFor(role).filter(({ group }) => group !== "work");
  const current = navAt(path)?.path;
  return (
    <Menu position="top-end">
      <Menu.Target>
        <button
          type="button"
          className="rail-item rail-more"
          aria-current={others.some((entry) => entry.path === current) ? "page" : undefined}
        >
          <IconDots size={20} stroke={1.6} aria-hidden="true" />
          {text.shell.more}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {others.map(({ path: target, name, icon: Icon }) => (
          <Menu.Item
            key={target}
            component={Link}
            href={target}
            prefetch={false}
            leftSection={<Icon size={16} aria-hidden="true" />}
          >
            {text.pages[name]}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
