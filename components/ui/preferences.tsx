"use client";

import {
  createContext,
  type ReactNode,
  useCallback,
  useContext,
  useEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from "react";
import type { Messages } from "@/components/messages/en.ts";
import { messagesFor } from "@/components/messages/messages.ts";
import { type Formats, makeFormats } from "./formats.ts";
import { type Preferences, preferencesCookie, type ZoneChoice } from "./preferences-cookie.ts";

type PreferencesValue = Preferences & {
  text: Messages;
  formats: Formats;
  locale: string;
  /** The zone of this computer, whatever is chosen now. */
  zoneHere: string;
  /** The zone of the site that is open; `null` while none is. */
  siteZone: string | null;
  openSite(timeZone: string | null): void;
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

  const [siteZone, openSite] = useState<string | null>(null);
  const { units, zone } = preferences;
  const text = messagesFor(locale);
  const formats = useMemo(
    () => makeFormats({ locale, units, timeZone: timeZoneOf(zone, { zoneHere, siteZone }), messages: text }),
    [locale, units, zone, zoneHere, siteZone, text],
  );
  const value = useMemo(
    () => ({ ...preferences, text, formats, locale, zoneHere, siteZone, openSite, change }),
    [preferences, text, formats, locale, zoneHere, siteZone, change],
  );
  return <PreferencesContext.Provider value={value}>{children}</PreferencesContext.Provider>;
}

function timeZoneOf(zone: ZoneChoice, { zoneHere, siteZone }: { zoneHere: string; siteZone: string | null }): string {
  if (zone === "utc") return "UTC";
  return zone === "site" ? (siteZone ?? zoneHere) : zoneHere;
}

/** Says which site is open while the calling component is there: whoever wants its time then reads all times in it. */
export function useSiteZone(timeZone: string | null | undefined): void {
  const { openSite } = usePreferences();
  useEffect(() => {
    openSite(timeZone ?? null);
    return () => openSite(null);
  }, [openSite, timeZone]);
}

export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error("usePreferences needs a PreferencesProvider above it");
  return value;
}

export const useText = (): Messages => usePreferences().text;
export const useFormats = (): Formats => usePreferences().formats;
