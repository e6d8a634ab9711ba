"use client";

import { SegmentedControl } from "@mantine/core";
import type { ReactNode } from "react";

type Pane = "list" | "map";

type ListPageProps = {
  /** The page's own class, for what it does differently. */
  className: string;
  /** Which of the two a narrow screen shows. */
  pane: Pane;
  onPane(pane: Pane): void;
  words: { switchView: string; showList: string; showMap: string };
  hasDetail: boolean;
  stale: boolean;
  /** On a phone list and detail lie over the map as a sheet; else they take turns with it. */
  asSheet?: boolean;
  /** `list-page-list`, `list-page-map` and, while something is open, `list-page-detail`. */
  children: ReactNode;
};

/** A list, its map and the detail of what was chosen: side by side where there is room, by turns where there is not. */
export function ListPage({ className, pane, onPane, words, hasDetail, stale, asSheet, children }: ListPageProps) {
  return (
    <div
      className={`list-page ${className}`}
      data-pane={pane}
      data-detail={hasDetail}
      data-stale={stale}
      data-sheet={asSheet || undefined}
    >
      <SegmentedControl
        className="list-page-switch"
        size="xs"
        fullWidth
        aria-label={words.switchView}
        value={pane}
        onChange={(next) => onPane(next === "map" ? "map" : "list")}
        data={[
          { value: "list", label: words.showList },
          { value: "map", label: words.showMap },
        ]}
      />
      {children}
    </div>
  );
}
