"use client";

import { createContext, type ReactNode, useCallback, useContext, useMemo, useState, useSyncExternalStore } from "react";
import type { Messages } from "@/components/messages/en.ts";
import { messagesFor } from "@/components/messages/messages.ts";
import { type Formats, makeFormats } from "./formats.ts";
import { type Preferences, preferencesCookie } from "./preferences-cookie.ts";

type PreferencesValue = Preferences & {
  text: Messages;
  formats: Formats;
  locale: string;
  /** The zone of this computer, whatever is chosen now. */
  zoneHere: string;
  change(part: Partial<Preferences>): void;
};

const PreferencesContext = createContext<PreferencesValue | null>(null);

const never = () => () => undefined;
const zoneOfBrowser = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const zoneOnServer = () => "UTC";

/** Units, zone and keys as this person wants them, with the words and the formats that follow from them. */
export function PreferencesProvider({
  initial,
  locale,
  children,
}: {
  initial: Preferences;
  locale: string;
  children: ReactNode;
}) {
  const [preferences, setPreferences] = useState(initial);
  // The server cannot know the zone; it renders in UTC and the browser corrects it once it has taken over.
  const zoneHere = useSyncExternalStore(never, zoneOfBrowser, zoneOnServer);

  const change = useCallback((part: Partial<Preferences>) => {
    setPreferences((before) => {
      const after = { ...before, ...part };
      // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is not in every browser yet
      document.cookie = preferencesCookie(after);
      return after;
    });
  }, []);

  const { units, zone } = preferences;
  const text = messagesFor(locale);
  const formats = useMemo(
    () => makeFormats({ locale, units, timeZone: zone === "utc" ? "UTC" : zoneHere, messages: text }),
    [locale, units, zone, zoneHere, text],
  );
  const value = useMemo(
    () => ({ ...preferences, text, formats, locale, zoneHere, change }),
    [preferences, text, formats, locale, zoneHere, change],
  );
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>;
}

export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error("usePreferences needs a PreferencesProvider above it");
  return value;
}

export const useText = (): Messages => usePreferences().text;
export const useFormats = (): Formats => usePreferences().formats;
