import { DataSkeleton } from "@/components/admin/data/data-skeleton.tsx";

export default function DataLoading() {
  return <DataSkeleton />;
}
