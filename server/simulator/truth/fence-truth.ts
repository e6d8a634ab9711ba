import type { Delivery } from "../documents/delivery.ts";
import { PLACE } from "../fleet/measures.ts";
import type { Reading } from "../outgoing.ts";
import { distanceM } from "../roads.ts";
import type { SimulatedSite } from "../sites.ts";

/** Between these two positions of the truck its fence was crossed; the first is missing where nothing was sent before. */
export type Crossing = { afterMs: number | null; byMs: number };
/** A stay at a site as the positions sent say it. */
export type Stay = { entered: Crossing | null; left: Crossing | null };

type Watch = { site: SimulatedSite; stay: Stay; isInside: boolean; seenMs: number | null };

const HAS_PLACE = (1 << PLACE.latitude) | (1 << PLACE.longitude);
const nothing = (): Stay => ({ entered: null, left: null });

/** Looks at the positions of a truck for when it entered and left the fences of the sites it was sent to. */
export class FenceTruth {
  /** Of each vehicle: the site it loads or unloads at, and the one it goes to. */
  readonly #watches: Watch[][];
  readonly #stays = new Map<string, { origin: Stay; destination: Stay }>();

  constructor(vehicles: number) {
    this.#watches = Array.from({ length: vehicles }, () => []);
  }

  /** It is being loaded: what counts is when it leaves. */
  load(vehicle: number, { number, origin }: Delivery): void {
    const origins = { origin: nothing(), destination: nothing() };
    this.#stays.set(number, origins);
    this.#watches[vehicle]!.push({ site: origin, stay: origins.origin, isInside: true, seenMs: null });
  }

  /** It is on the way, or arrived before the world began. */
  depart(vehicle: number, { number, destination }: Delivery): void {
    const stays = this.#stays.get(number) ?? { origin: nothing(), destination: nothing() };
    this.#stays.set(number, stays);
    this.#watches[vehicle]!.push({ site: destination, stay: stays.destination, isInside: false, seenMs: null });
  }

  fold({ vehicle, timeMs, mask, values }: Reading): void {
    if ((mask & HAS_PLACE) !== HAS_PLACE) return;
    const place: [number, number] = [values[PLACE.longitude]!, values[PLACE.latitude]!];
    const watches = this.#watches[vehicle]!;
    for (const watch of watches) look(watch, place, timeMs);
    if (watches.some(({ stay }) => stay.left)) this.#watches[vehicle] = watches.filter(({ stay }) => !stay.left);
  }

  stayOf(number: string): { origin: Stay; destination: Stay } {
    return this.#stays.get(number) ?? { origin: nothing(), destination: nothing() };
  }

  forget(number: string): void {
    this.#stays.delete(number);
  }
}

function look(watch: Watch, place: [number, number], timeMs: number): void {
  const { site, stay, seenMs } = watch;
  const isInside = distanceM(place, [site.longitude, site.latitude]) <= site.radiusM;
  const crossing = { afterMs: seenMs, byMs: timeMs };
  if (isInside && !watch.isInside) stay.entered ??= crossing;
  if (!isInside && watch.isInside) stay.left ??= crossing;
  watch.isInside = isInside;
  watch.seenMs = timeMs;
}
