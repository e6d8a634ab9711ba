"use client";

import { useText } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { Vehicle } from "@/server/contracts/vehicle.ts";

/** Why a vehicle is not to be used, where it is so. */
export function OutOfService({ vehicle: { profile } }: { vehicle: Vehicle }) {
  const { profile: words } = useText();
  if (!profile?.outOfService) return null;
  return (
    <p className="out-of-service small">
      <Status level="watch" word={words.outOfService} /> {profile.outOfServiceReason}
    </p>
  );
}
