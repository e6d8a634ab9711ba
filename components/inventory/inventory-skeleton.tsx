"use client";

import { Skeleton } from "@mantine/core";
import { useText } from "@/components/ui/preferences.tsx";

const ROW_WIDTHS = [62, 48, 71, 55, 66, 44, 58, 69, 51, 60];

/** The table in the shape it will have, fading down. It shows only when loading takes longer than a moment. */
export function TableSkeleton() {
  const { inventory } = useText();
  return (
    <div className="scroll late" aria-busy="true">
      <span className="visually-hidden">{inventory.loading}</span>
      {ROW_WIDTHS.map((width, index) => (
        <div key={width} className="position-skeleton" style={{ opacity: 1 - index * 0.09 }}>
          <Skeleton h={10} w={`${width}%`} />
          <Skeleton h={10} w="80%" />
          <Skeleton h={10} w="60%" />
          <Skeleton h={16} w="90%" />
          <Skeleton h={10} w="50%" />
        </div>
      ))}
    </div>
  );
}

export function PositionSkeleton() {
  return (
    <div className="position-detail-skeleton late" aria-busy="true">
      <Skeleton h={20} w="70%" />
      <Skeleton h={10} w="90%" mt={16} />
      <Skeleton h={10} w="55%" mt={8} />
      <Skeleton h={180} mt={24} />
      {[80, 62, 74, 56].map((width) => (
        <Skeleton key={width} h={10} w={`${width}%`} mt={16} />
      ))}
    </div>
  );
}

/** The whole page before its code has come. */
export function InventorySkeleton() {
  return (
    <div className="list-page inventory" data-pane="list" data-detail="false" data-sheet>
      <div className="list-page-map inventory-map" />
      <div className="panel list-page-list inventory-list">
        <TableSkeleton />
      </div>
    </div>
  );
}
