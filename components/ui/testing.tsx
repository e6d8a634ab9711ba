import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";
import { LiveProvider } from "@/components/live/live-provider.tsx";
import { AnnouncerProvider } from "@/components/shell/announcer.tsx";
import { ShortcutsProvider } from "@/components/shell/shortcuts-provider.tsx";
import { PreferencesProvider } from "./preferences.tsx";
import type { Preferences } from "./preferences-cookie.ts";

const USUAL: Preferences = { units: "us", zone: "utc", singleKeys: true };

/** For tests: renders a part as it stands in the tower, for somebody in the US who reads times in UTC. */
export function renderInTower(node: ReactNode, preferences: Partial<Preferences> = {}) {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const Around = ({ children }: { children: ReactNode }) => (
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <PreferencesProvider initial={{ ...USUAL, ...preferences }} locale="en-US">
          <LiveProvider onRefused={() => undefined}>
            <AnnouncerProvider>
              <ShortcutsProvider>{children}</ShortcutsProvider>
            </AnnouncerProvider>
          </LiveProvider>
        </PreferencesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
  return render(node, { wrapper: Around });
}
