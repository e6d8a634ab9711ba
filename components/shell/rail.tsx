"use client";

import Link from "next/link";
import { useText } from "@/components/ui/preferences.tsx";
import { Wheel } from "@/components/ui/wheel.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { navAt, navFor } from "./nav.ts";

/** The pages this role has: a rail at the side, a bar at the foot of a narrow screen. */
export function Rail({ path, role }: { path: string; role: Role }) {
  const text = useText();
  return (
    <nav className="rail" aria-label={text.shell.pages}>
      <div className="rail-logo">
        <Wheel />
      </div>
      {navFor(role).map(({ path: target, name, icon: Icon, group }) => (
        <Link
          key={target}
          href={target}
          prefetch={false}
          className="rail-item"
          data-group={group}
          aria-current={navAt(path)?.path === target ? "page" : undefined}
        >
          <Icon size={20} stroke={1.6} aria-hidden="true" />
          {text.pages[name]}
        </Link>
      ))}
    </nav>
  );
}
