import { phrase } from "@/components/ui/formats.ts";
import { isLoud, LEVEL_TOKEN, vehicleLevel } from "@/components/ui/level.ts";
import { LevelMark } from "@/components/ui/level-mark.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Site } from "@/server/contracts/site.ts";
import type { Trip, TripStop } from "@/server/contracts/trip.ts";
import type { Vehicle } from "@/server/contracts/vehicle.ts";
import { placeWords } from "./place-words.ts";
import { nextStop, spokenTimes, stopNote, stopTimes } from "./trip-stops.ts";
import "./trip.css";

type TripLineProps = { trip: Trip; vehicle: Vehicle; sites: readonly Site[]; nowMs: number };

/** From stop to stop: solid where it was driven, dotted ahead, the vehicle between them. */
export function TripLine({ trip, vehicle, sites, nowMs }: TripLineProps) {
  const { text } = usePreferences();
  const next = nextStop(trip);
  // Whoever stands at a stop is there: the line needs no place between.
  const last = trip.stops[next - 1];
  const isThere = last !== undefined && last.arrivedAt !== null && last.departedAt === null;
  const isBetween = next > 0 && !isThere && next < trip.stops.length;
  return (
    <ol className="trip" aria-label={text.trip.stops}>
      {trip.stops.slice(0, next).map((stop, index) => (
        <Stop
          key={stop.sequence}
          {...{ stop, index, sites, nowMs }}
          isReached
          isLast={index === trip.stops.length - 1}
        />
      ))}
      {isBetween && <Now trip={trip} vehicle={vehicle} sites={sites} />}
      {trip.stops.slice(next).map((stop, index) => (
        <Stop
          key={stop.sequence}
          {...{ stop, sites, nowMs }}
          index={next + index}
          isReached={false}
          isLast={next + index === trip.stops.length - 1}
        />
      ))}
    </ol>
  );
}

type StopProps = {
  stop: TripStop;
  index: number;
  sites: readonly Site[];
  nowMs: number;
  isReached: boolean;
  isLast: boolean;
};

function Stop({ stop, index, sites, nowMs, isReached, isLast }: StopProps) {
  const { text, formats } = usePreferences();
  const times = stopTimes(stop, index, formats, nowMs);
  const site = sites.find(({ id }) => id === stop.site);
  const note = stopNote(stop, text, formats, nowMs);
  const tone = isLoud(times.level) ? `tone-${LEVEL_TOKEN[times.level]}` : "";
  return (
    <li className="trip-stop" data-reached={isReached} data-last={isLast}>
      <span className="trip-mark" aria-hidden="true" />
      <span className="clip">
        {site?.name ?? stop.site} {site && <span className="faint">{stop.site}</span>}
      </span>
      <span className="num trip-times" aria-hidden="true">
        {times.planned && <span className="dim">{times.planned}</span>}
        {times.actual && (
          <>
            {times.planned && <span className="faint"> → </span>}
            <span className={`strong ${tone}`}>{times.actual}</span>
          </>
        )}
      </span>
      <span className="small faint clip">
        {text.trip.kinds[stop.kind]}
        <span className="visually-hidden">, {spokenTimes(times, index === 0, text)}</span>
      </span>
      <span className="num small faint" title={stop.eta && !isReached ? text.trip.p90Help : undefined}>
        {note}
      </span>
    </li>
  );
}

function Now({ trip, vehicle, sites }: { trip: Trip; vehicle: Vehicle; sites: readonly Site[] }) {
  const { text, formats } = usePreferences();
  const speed = vehicle.position?.speedKmh;
  return (
    <li className="trip-stop" data-now="true">
      <span className="trip-now">
        <LevelMark level={vehicleLevel(vehicle)} size={12} />
      </span>
      <span className="clip">{placeWords(vehicle.position, sites, formats, text)}</span>
      <span className="num trip-times">
        {vehicle.motion === "moving" && speed !== undefined ? phrase(formats.speed(speed)) : text.trip.standing}
      </span>
      <span className="small faint">{text.trip.now}</span>
      <span className="num small faint">
        {trip.remainingM !== null && text.trip.left(phrase(formats.distance(trip.remainingM)))}
      </span>
    </li>
  );
}
