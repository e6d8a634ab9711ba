"use client";

import { useSyncExternalStore } from "react";

type Ticker = { nowMs: number; listeners: Set<() => void>; timer: ReturnType<typeof setInterval> | null };
const wholeSteps = (stepMs: number) => Math.floor(Date.now() / stepMs) * stepMs;
const tickers = new Map<number, Ticker>();

function tickerOf(stepMs: number): Ticker {
  const known = tickers.get(stepMs);
  if (known) return known;
  const fresh: Ticker = { nowMs: wholeSteps(stepMs), listeners: new Set(), timer: null };
  tickers.set(stepMs, fresh);
  return fresh;
}

function subscribeTo(stepMs: number, listener: () => void): () => void {
  const ticker = tickerOf(stepMs);
  ticker.listeners.add(listener);
  if (!ticker.timer) {
    ticker.nowMs = wholeSteps(stepMs);
    ticker.timer = setInterval(() => {
      ticker.nowMs = wholeSteps(stepMs);
      for (const each of ticker.listeners) each();
    }, stepMs);
  }
  return () => {
    ticker.listeners.delete(listener);
    if (ticker.listeners.size > 0 || !ticker.timer) return;
    clearInterval(ticker.timer);
    ticker.timer = null;
  };
}

/** This browser's time in whole steps, from one timer per step for the whole page, so that ages tick together. */
export function useNow(stepMs = 1_000): number {
  return useSyncExternalStore(
    (listener) => subscribeTo(stepMs, listener),
    () => tickerOf(stepMs).nowMs,
    () => 0,
  );
}
