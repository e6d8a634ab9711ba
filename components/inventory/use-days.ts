"use client";

import { useMemo } from "react";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { type Days, makeDays } from "./stock-words.ts";

/** Days of places in the words of this person's locale. */
export function useDays(): Days {
  const { locale } = usePreferences();
  return useMemo(() => makeDays(locale), [locale]);
}
