import { OrdersPageSkeleton } from "@/components/orders/orders-skeleton.tsx";

export default function OrdersLoading() {
  return <OrdersPageSkeleton />;
}
