"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";

/** What of a page stands in its address: text by name, absent where it is as usual. */
export function useAddress<Values extends Record<string, string>>(
  usual: Values,
): [Values, (part: Partial<Values>) => void] {
  const params = useSearchParams();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the usual values of a page never change
  const values = useMemo(() => readValues(usual, new URLSearchParams(params)), [params]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: as above
  const change = useCallback((part: Partial<Values>) => {
    // From the address itself, not from the last render: two changes in one moment must both be kept.
    const search = new URLSearchParams(window.location.search);
    for (const [name, value] of Object.entries(part) as [string, string][])
      if (value === usual[name]) search.delete(name);
      else search.set(name, value);
    const text = search.toString();
    window.history.replaceState(null, "", window.location.pathname + (text && `?${text}`));
  }, []);
  return [values, change];
}

function readValues<Values extends Record<string, string>>(usual: Values, params: URLSearchParams): Values {
  const read = Object.keys(usual).map((name) => [name, params.get(name) ?? usual[name]]);
  return Object.fromEntries(read) as Values;
}
