"use client";

import { memo } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Age } from "@/components/ui/age.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { isLoud, LEVEL_TOKEN, vehicleLevel } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { placeWords } from "./place-words.ts";
import { positionAge } from "./position-age.ts";

type VehicleRowProps = { vehicle: Vehicle; sites: readonly Site[] };

/** Two lines: mark, number and state with the speed; where it is and how old that is. */
export const VehicleRow = memo(function VehicleRow({ vehicle, sites }: VehicleRowProps) {
  const { text, formats } = usePreferences();
  const level = vehicleLevel(vehicle);
  const toned = isLoud(level) || level === "unknown";
  return (
    <>
      <span className="vehicle-mark">
        <LevelMark level={level} size={13} />
      </span>
      <span className="clip">
        <span className="strong">{vehicle.id}</span>{" "}
        <span className={toned ? `tone-${LEVEL_TOKEN[level]}` : "faint"}>{text.levels[level]}</span>
        {vehicle.profile?.outOfService && <span className="tone-watch"> {text.profile.outOfService}</span>}
      </span>
      <span className="num dim">
        {vehicle.motion === "moving" && <Amount quantity={formats.speed(vehicle.position?.speedKmh)} />}
      </span>
      <span className="clip small dim vehicle-place">{placeWords(vehicle.position, sites, formats, text)}</span>
      <span className="num small">
        <PositionAge vehicle={vehicle} />
      </span>
    </>
  );
});

/** The one part of a row that changes each second. */
function PositionAge({ vehicle }: { vehicle: Vehicle }) {
  const { formats } = usePreferences();
  const age = positionAge(vehicle, useServerNow());
  // "No signal" beside it already says that the age is too high.
  return <Age words={formats.age(age?.ageMs)} stale={vehicle.motion !== "offline" && (age?.stale ?? false)} />;
}
