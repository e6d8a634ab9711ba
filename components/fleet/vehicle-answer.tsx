"use client";

import type { Messages } from "@/components/messages/en.ts";
import { useStale } from "@/components/shell/use-tower-state.ts";
import { Age } from "@/components/ui/age.tsx";
import { Amount } from "@/components/ui/amount.tsx";
import { Facts } from "@/components/ui/facts.tsx";
import { type Formats, phrase } from "@/components/ui/formats.ts";
import { isLoud, LEVEL_TOKEN, vehicleLevel } from "@/components/ui/level.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { measureQuantities } from "./measures.ts";
import { OutOfService } from "./out-of-service.tsx";
import { coordinates, placeWords } from "./place-words.ts";
import { lastHeardMs, positionAge } from "./position-age.ts";

const SECOND_MS = 1_000;
const MINUTE_MS = 60_000;

type VehicleAnswerProps = { vehicle: Vehicle; sites: readonly Site[]; nowMs: number };

/** The one line that is asked for, then why and where. */
export function VehicleAnswer({ vehicle, sites, nowMs }: VehicleAnswerProps) {
  const { text, formats } = usePreferences();
  const level = vehicleLevel(vehicle);
  const isOld = useStale();
  const age = positionAge(vehicle, nowMs);
  const toned = isLoud(level) || level === "unknown";
  const { position } = vehicle;
  const rows: [string, React.ReactNode][] = [];
  if (position) rows.push([text.detail.facts.position, coordinates(position, formats, text.place)]);
  if (position?.headingDeg !== undefined)
    rows.push([text.detail.facts.heading, <Heading key="heading" degrees={position.headingDeg} />]);
  if (position) rows.push([text.detail.facts.lastFix, formats.time(position.time, nowMs)]);
  for (const name of ["odometerM", "ignition"] as const) {
    const measure = vehicle.measures[name];
    const [quantity] = measure ? measureQuantities(name, measure.value, formats, text) : [];
    if (quantity) rows.push([text.measures[name] ?? name, <Amount key={name} quantity={quantity} />]);
  }
  return (
    <div className="section">
      <div className="between answer-line">
        <span className={toned ? `answer tone-${LEVEL_TOKEN[level]}` : "answer"}>
          {answerWords(vehicle, nowMs, formats, text)}
        </span>
        {age && (
          <span className="small">
            <Age
              words={age.ageMs < SECOND_MS ? text.detail.fixNow : text.detail.fix(formats.age(age.ageMs))}
              stale={age.stale || isOld}
            />
          </span>
        )}
      </div>
      <p className="answer-place dim">
        {position ? placeWords(position, sites, formats, text) : text.detail.noPosition}
      </p>
      <OutOfService vehicle={vehicle} />
      <Facts rows={rows} />
    </div>
  );
}

/** The answer as the map writes it beside the vehicle: `Stopped · Out of service`. */
export function noteWords(vehicle: Vehicle, nowMs: number, formats: Formats, text: Messages): string {
  const words = answerWords(vehicle, nowMs, formats, text);
  return vehicle.profile?.outOfService ? `${words} · ${text.profile.outOfService}` : words;
}

/** `1 h 54 min late` · `Moving, 61 mph` · `No signal for 18 min`. */
export function answerWords(vehicle: Vehicle, nowMs: number, formats: Formats, { detail, trip }: Messages): string {
  const { answers } = detail;
  if (vehicle.motion === "offline") {
    const heardMs = lastHeardMs(vehicle);
    return answers.offline(formats.duration(heardMs === null ? null : nowMs - heardMs));
  }
  const lateMinutes = vehicle.trip?.nextStop?.varianceMinutes ?? 0;
  const isLate = vehicle.service === "late" || vehicle.service === "critical";
  if (isLate && lateMinutes > 0) return trip.late(formats.duration(lateMinutes * MINUTE_MS));
  if (vehicle.motion !== "moving") return answers[vehicle.motion];
  const speedKmh = vehicle.position?.speedKmh;
  return speedKmh === undefined ? answers.movingUnknown : answers.moving(phrase(formats.speed(speedKmh)));
}

function Heading({ degrees }: { degrees: number }) {
  const { text, formats } = usePreferences();
  const { compass } = text.place;
  const sector = Math.round(degrees / (360 / compass.length)) % compass.length;
  return (
    <>
      {compass[sector]} <span className="faint">{phrase(formats.plain(degrees, 0, "°"))}</span>
    </>
  );
}
