"use client";

import { useMemo, useRef } from "react";
import { holdOrder, withoutRepeats } from "./hold-order.ts";

type Page<Row> = { items: readonly Row[] };

/**
 * The rows of the pages that came, each once. While `held` they keep the order on the screen, which is let go when the
 * question changes or nobody holds the list; `newCount` says how many came meanwhile.
 */
export function useHeldRows<Row extends { id: string }>(
  pages: readonly Page<Row>[] | undefined,
  { held, question }: { held: boolean; question: object },
) {
  const fresh = useMemo(() => withoutRepeats(pages?.flatMap(({ items }) => items) ?? []), [pages]);
  const asked = JSON.stringify(question);
  const shown = useRef<{ asked: string; ids: readonly string[] }>({ asked, ids: [] });
  return useMemo(() => {
    const keeps = held && shown.current.asked === asked;
    const next = keeps ? holdOrder(shown.current.ids, fresh) : { rows: [...fresh], newCount: 0 };
    // Pages that were scrolled to while holding belong to the order from then on.
    shown.current = { asked, ids: next.rows.map(({ id }) => id) };
    return next;
  }, [fresh, held, asked]);
}
