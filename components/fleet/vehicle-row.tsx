"use client";

import { memo } from "react";
import { Age } from "@/components/ui/age.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { isLoud, LEVEL_TOKEN, vehicleLevel } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { placeWords } from "./place-words.ts";
import { positionAge } from "./position-age.ts";

type VehicleRowProps = { vehicle: Vehicle; sites: readonly Site[]; nowMs: number };

/** Two lines: mark, number and state with the speed; where it is and how old that is. */
export const VehicleRow = memo(function VehicleRow({ vehicle, sites, nowMs }: VehicleRowProps) {
  const { text, formats } = usePreferences();
  const level = vehicleLevel(vehicle);
  const age = positionAge(vehicle, nowMs);
  const toned = isLoud(level) || level === "unknown";
  return (
    <>
      <span className="vehicle-mark">
        <LevelMark level={level} size={13} />
      </span>
      <span className="clip">
        <span className="strong">{vehicle.id}</span>{" "}
        <span className={toned ? `tone-${LEVEL_TOKEN[level]}` : "faint"}>{text.levels[level]}</span>
      </span>
      <span className="num dim">
        {vehicle.motion === "moving" && <Amount quantity={formats.speed(vehicle.position?.speedKmh)} />}
      </span>
      <span className="clip small dim vehicle-place">{placeWords(vehicle.position, sites, formats, text)}</span>
      <span className="num small">
        {/* "No signal" beside it already says that the age is too high. */}
        <Age words={formats.age(age?.ageMs)} stale={vehicle.motion !== "offline" && (age?.stale ?? false)} />
      </span>
    </>
  );
});
