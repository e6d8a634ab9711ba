import { FleetSkeleton } from "@/components/fleet/fleet-skeleton.tsx";

export default function FleetLoading() {
  return <FleetSkeleton />;
}
