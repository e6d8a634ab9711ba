"use client";

import { usePathname, useRouter } from "next/navigation";
import { type ReactNode, useState } from "react";
import { LiveProvider } from "@/components/live/live-provider.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import { VIEW_PAGES } from "@/server/contracts/saved-view.ts";
import { AnnouncerProvider } from "./announcer.tsx";
import { FeedBar } from "./feed-bar.tsx";
import { Help } from "./help.tsx";
import { type NavEntry, navAt, navFor } from "./nav.ts";
import { Palette } from "./palette.tsx";
import { PauseProvider } from "./pause.tsx";
import { Rail } from "./rail.tsx";
import { RoleProvider } from "./role.tsx";
import { ShortcutsProvider, useShortcut } from "./shortcuts-provider.tsx";
import { TopBar } from "./top-bar.tsx";
import type { Person } from "./user-menu.tsx";
import "./shell.css";

/** The frame of every signed-in page: rail, top bar, page, feed bar, and the one live link of the tab. */
export function Shell({ person, children }: { person: Person; children: ReactNode }) {
  return (
    <LiveProvider>
      <AnnouncerProvider>
        <ShortcutsProvider>
          <PauseProvider>
            <RoleProvider value={person.role}>
              <Frame person={person}>{children}</Frame>
            </RoleProvider>
          </PauseProvider>
        </ShortcutsProvider>
      </AnnouncerProvider>
    </LiveProvider>
  );
}

function Frame({ person, children }: { person: Person; children: ReactNode }) {
  const text = useText();
  const path = usePathname();
  const [overlay, setOverlay] = useState<"none" | "palette" | "help">("none");
  const close = () => setOverlay("none");
  useShortcut("palette", () => setOverlay("palette"));
  useShortcut("help", () => setOverlay("help"));
  const entry = navAt(path);
  return (
    <div className="shell">
      <a className="skip" href="#page">
        {text.shell.skip}
      </a>
      {navFor(person.role).map((page) => (
        <GoTo key={page.path} {...page} />
      ))}
      <Rail path={path} role={person.role} />
      <TopBar
        title={entry ? text.pages[entry.name] : text.product}
        page={VIEW_PAGES.find((page) => page === entry?.name) ?? null}
        person={person}
        onFind={() => setOverlay("palette")}
      />
      <main className="page" id="page" tabIndex={-1}>
        {children}
      </main>
      <FeedBar onHelp={() => setOverlay("help")} />
      <Palette opened={overlay === "palette"} onClose={close} onHelp={() => setOverlay("help")} role={person.role} />
      <Help opened={overlay === "help"} onClose={close} page={entry} />
    </div>
  );
}

/** The keys that open a page, while this person may open it. */
function GoTo({ path, shortcut }: Pick<NavEntry, "path" | "shortcut">) {
  const router = useRouter();
  useShortcut(shortcut, () => router.push(path));
  return null;
}
