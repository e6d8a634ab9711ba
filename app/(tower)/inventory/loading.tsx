import { InventorySkeleton } from "@/components/inventory/inventory-skeleton.tsx";

export default function InventoryLoading() {
  return <InventorySkeleton />;
}
