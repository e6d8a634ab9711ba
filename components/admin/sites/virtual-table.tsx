"use client";

import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useRef } from "react";

type VirtualTableProps<Row> = {
  label: string;
  head: readonly string[];
  rows: readonly Row[];
  rowHeight: number;
  keyOf(row: Row): string;
  selected?: string | null;
  /** The cells of a row, one `td` each. */
  cells(row: Row): ReactNode;
};

/** A table of which only the rows in sight are in the page, with a head that stays. */
export function VirtualTable<Row>(props: VirtualTableProps<Row>) {
  const { label, head, rows, rowHeight, keyOf, selected = null, cells } = props;
  const holder = useRef<HTMLElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => holder.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => keyOf(rows[index]!),
    overscan: 12,
  });
  const items = list.getVirtualItems();
  const before = items[0]?.start ?? 0;
  const after = list.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="scroll" ref={holder} tabIndex={0} aria-label={label}>
      <table className="table sites-table" aria-rowcount={rows.length + 1}>
        <thead>
          <tr>
            {head.map((title) => (
              <th key={title} scope="col">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {before > 0 && <Gap height={before} />}
          {items.map(({ key, index }) => {
            const row = rows[index];
            if (row === undefined) return null;
            return (
              <tr
                key={key}
                aria-rowindex={index + 2}
                data-selected={keyOf(row) === selected || undefined}
                style={{ height: rowHeight }}
              >
                {cells(row)}
              </tr>
            );
          })}
          {after > 0 && <Gap height={after} />}
        </tbody>
      </table>
    </section>
  );
}

const Gap = ({ height }: { height: number }) => (
  <tr>
    <td style={{ height, padding: 0, border: 0 }} />
  </tr>
);
