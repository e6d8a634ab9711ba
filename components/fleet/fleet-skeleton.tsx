"use client";

import { Skeleton } from "@mantine/core";
import { useText } from "@/components/ui/preferences.tsx";

const ROW_WIDTHS = [62, 48, 71, 55, 66, 44, 58, 69, 51, 60, 47, 64];

/** The list in the shape it will have, fading down. It shows only when loading takes longer than a moment. */
export function ListSkeleton() {
  const { fleet } = useText();
  return (
    <div className="scroll late" aria-busy="true">
      <span className="visually-hidden">{fleet.loading}</span>
      {ROW_WIDTHS.map((width, index) => (
        <div key={width} className="skeleton-row" style={{ opacity: 1 - index * 0.075 }}>
          <Skeleton h={12} w={12} circle />
          <Skeleton h={10} w={`${width}%`} />
          <Skeleton h={10} w={44} />
          <span />
          <Skeleton h={8} w={`${width + 14}%`} />
          <Skeleton h={8} w={28} />
        </div>
      ))}
    </div>
  );
}

export function DetailSkeleton() {
  return (
    <div className="skeleton-detail late" aria-busy="true">
      <Skeleton h={20} w="70%" />
      <Skeleton h={10} w="90%" mt={16} />
      <Skeleton h={10} w="55%" mt={8} />
      <Skeleton h={120} mt={24} radius="md" />
      {[80, 62, 74, 56].map((width) => (
        <Skeleton key={width} h={10} w={`${width}%`} mt={16} />
      ))}
    </div>
  );
}

/** The whole page before its code has come. */
export function FleetSkeleton() {
  return (
    <div className="list-page fleet" data-pane="list" data-detail="false" data-sheet>
      <div className="panel list-page-list fleet-list">
        <ListSkeleton />
      </div>
      <div className="list-page-map fleet-map" />
    </div>
  );
}
