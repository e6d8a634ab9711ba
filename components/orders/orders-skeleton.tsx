"use client";

import { Skeleton } from "@mantine/core";
import { useText } from "@/components/ui/preferences.tsx";
import "./orders.css";

const ROW_WIDTHS = [62, 48, 71, 55, 66, 44, 58, 69, 51];

/** The list in the shape it will have, fading down. */
export function OrdersSkeleton() {
  const { orders } = useText();
  return (
    <div className="scroll late" aria-busy="true">
      <span className="visually-hidden">{orders.loading}</span>
      {ROW_WIDTHS.map((width, index) => (
        <div key={width} className="order order-waiting" style={{ opacity: 1 - index * 0.1 }}>
          <Skeleton h={10} w={72} />
          <span>
            <Skeleton h={10} w={`${width}%`} />
            <Skeleton h={8} w={`${width + 20}%`} mt={8} />
          </span>
          <Skeleton h={8} w={`${width + 10}%`} />
          <Skeleton h={10} w={44} ml="auto" />
          <Skeleton h={8} w={56} ml="auto" />
          <Skeleton h={8} w={56} ml="auto" />
        </div>
      ))}
    </div>
  );
}

export function OrderDetailSkeleton() {
  return (
    <div className="skeleton-detail late" aria-busy="true">
      {[92, 78, 85].map((width) => (
        <Skeleton key={width} h={10} w={`${width}%`} mt={32} />
      ))}
    </div>
  );
}

/** The whole page before its code has come. */
export function OrdersPageSkeleton() {
  return (
    <div className="list-page orders" data-pane="list" data-detail="false">
      <div className="panel list-page-list order-list">
        <OrdersSkeleton />
      </div>
      <div className="list-page-map" />
    </div>
  );
}
