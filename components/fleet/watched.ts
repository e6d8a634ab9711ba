"use client";

import { useSyncExternalStore } from "react";

/** A value that one part of the page sets often and another shows, without what lies between being rendered. */
export type Watched<Value> = {
  get(): Value;
  set(value: Value): void;
  subscribe(listener: () => void): () => void;
};

export function makeWatched<Value>(first: Value): Watched<Value> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      value = next;
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

export const useWatched = <Value>({ subscribe, get }: Watched<Value>): Value =>
  useSyncExternalStore(subscribe, get, get);
