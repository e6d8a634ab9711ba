"use client";

import { useSearchParams } from "next/navigation";
import { useCallback } from "react";

const NAME = "at";

export type Moment = {
  /** As the address names it, to be asked for; `null` for the present. */
  at: string | null;
  atMs: number | null;
  change(atMs: number | null): void;
};

/** The moment that map, list and detail show. It stands in the address, so that a link shows a colleague the same. */
export function useMoment(): Moment {
  // Outside of a page there is no address, and nothing but the present.
  const at = readMoment(useSearchParams()?.get(NAME) ?? null);
  const change = useCallback((atMs: number | null) => {
    const search = new URLSearchParams(window.location.search);
    if (atMs === null) search.delete(NAME);
    else search.set(NAME, new Date(atMs).toISOString());
    // As the pages write it: what is allowed in a query stays readable.
    const text = search.toString().replaceAll("%2C", ",").replaceAll("%3A", ":").replaceAll("%40", "@");
    window.history.replaceState(null, "", window.location.pathname + (text && `?${text}`));
  }, []);
  return { at, atMs: at === null ? null : Date.parse(at), change };
}

/** A search of the address with the moment of the present address: whatever else changes, that stays. */
export function withMoment(search: string): string {
  const at = readMoment(new URLSearchParams(window.location.search).get(NAME));
  if (at === null) return search;
  return `${search}${search === "" ? "?" : "&"}${NAME}=${at}`;
}

/** What is no moment, or lies ahead, is left away: an old link still opens. */
export function readMoment(text: string | null): string | null {
  const atMs = text === null ? Number.NaN : Date.parse(text);
  return Number.isNaN(atMs) || atMs > Date.now() ? null : new Date(atMs).toISOString();
}
