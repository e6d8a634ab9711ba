"use client";

import Link from "next/link";
import type { ReactNode } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import "./settings.css";

const TABS = ["people", "keys", "audit"] as const;

type SettingsFrameProps = {
  tab: (typeof TABS)[number];
  /** Search, filters and the one main action. */
  tools: ReactNode;
  children: ReactNode;
  /** What is chosen; the list takes the whole width without it. */
  detail: ReactNode;
};

/** The frame of the settings: tabs and tools over a table, and the detail of what is chosen beside it. */
export function SettingsFrame({ tab, tools, children, detail }: SettingsFrameProps) {
  const { settings } = useText();
  return (
    <div className="settings" data-detail={detail ? true : undefined}>
      <div className="settings-head">
        <nav className="settings-tabs" aria-label={settings.tabs.label}>
          {TABS.map((name) => (
            <Link key={name} href={`/admin/${name}`} prefetch={false} aria-current={name === tab ? "page" : undefined}>
              {settings.tabs[name]}
            </Link>
          ))}
        </nav>
        <div className="settings-tools">{tools}</div>
      </div>
      <div className="settings-list panel">{children}</div>
      {detail && <aside className="settings-detail panel">{detail}</aside>}
    </div>
  );
}
