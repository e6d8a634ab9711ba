"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { PreferencesProvider } from "@/components/ui/preferences.tsx";
import type { Preferences } from "@/components/ui/preferences-cookie.ts";
import { cssVariablesResolver, theme } from "@/components/ui/theme.ts";

type ProvidersProps = { preferences: Preferences; locale: string; nonce: string | undefined; children: ReactNode };

/** What every page stands on: colours, toasts, the cache of answers, and how this person reads. */
export function Providers({ preferences, locale, nonce, children }: ProvidersProps) {
  const [client] = useState(makeQueryClient);
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      defaultColorScheme="auto"
      {...(nonce && { getStyleNonce: () => nonce })}
    >
      <QueryClientProvider client={client}>
        <PreferencesProvider initial={preferences} locale={locale}>
          {children}
          <Notifications position="bottom-right" limit={3} autoClose={8_000} containerWidth={376} />
        </PreferencesProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** A question that was refused or mistaken is not asked again; one that got lost is, twice. */
function makeQueryClient(): QueryClient {
  const retry = (failures: number, error: Error) =>
    failures < 2 && (!(error instanceof ApiFailure) || error.status === 0 || error.status >= 500);
  return new QueryClient({ defaultOptions: { queries: { retry, refetchOnWindowFocus: false, staleTime: 1_000 } } });
}
