import type { MapBounds } from "./fleet-map-props.ts";
import { holds } from "./in-view.ts";
import type { VehicleBuffer } from "./vehicle-buffer.ts";
import { MARKS } from "./vehicle-marks.ts";

const CRITICAL_NAMED_MAX = 40;

/** Words beside a vehicle. `ring` also marks the spot, for one that the vehicle layer does not draw. */
export type MapLabel = {
  key: string;
  title: string;
  note?: string;
  kind: "selected" | "critical";
  ring: boolean;
  at: readonly [longitude: number, latitude: number];
};

type Project = (at: readonly [number, number]) => { x: number; y: number };

/** A handful of labels as elements over the map: crisp text, above all vehicles, moved by one transform each. */
export class MapLabels {
  readonly #layer: HTMLElement;
  readonly #elements = new Map<string, HTMLElement>();

  constructor(container: HTMLElement) {
    this.#layer = document.createElement("div");
    this.#layer.className = "map-labels";
    // The list says the same in words, in an order that can be read.
    this.#layer.setAttribute("aria-hidden", "true");
    container.append(this.#layer);
  }

  show(labels: readonly MapLabel[], project: Project): void {
    const kept = new Set(labels.map(({ key }) => key));
    for (const [key, element] of this.#elements) {
      if (kept.has(key)) continue;
      element.remove();
      this.#elements.delete(key);
    }
    for (const label of labels) {
      const { x, y } = project(label.at);
      const element = this.#elements.get(label.key) ?? this.#add(label.key);
      this.#write(element, label);
      element.style.transform = `translate(${Math.round(x)}px, ${Math.round(y)}px)`;
    }
  }

  remove(): void {
    this.#layer.remove();
  }

  #add(key: string): HTMLElement {
    const element = document.createElement("div");
    element.className = "map-label";
    element.append(document.createElement("i"), document.createElement("b"), document.createElement("span"));
    this.#layer.append(element);
    this.#elements.set(key, element);
    return element;
  }

  #write(element: HTMLElement, { title, note, kind, ring }: MapLabel): void {
    const [, titleElement, noteElement] = element.children;
    if (titleElement && titleElement.textContent !== title) titleElement.textContent = title;
    if (noteElement && noteElement.textContent !== (note ?? "")) noteElement.textContent = note ?? "";
    element.dataset.kind = kind;
    element.toggleAttribute("data-ring", ring);
  }
}

type Named = {
  buffer: VehicleBuffer;
  ids: readonly string[];
  nowS: number;
  bounds: MapBounds;
  /** Named already. */
  except: string | undefined;
};

/** The numbers of critical vehicles in view, so many as can be read. */
export function criticalLabels({ buffer, ids, nowS, bounds, except }: Named): MapLabel[] {
  const critical = MARKS.indexOf("critical");
  const labels: MapLabel[] = [];
  if (buffer.shownByMark[critical] === 0) return labels;
  for (let index = 0; index < buffer.count && labels.length < CRITICAL_NAMED_MAX; index++) {
    if (!buffer.isShown(index) || buffer.markOf(index) !== critical) continue;
    const id = ids[index]!;
    const at = buffer.positionAt(index, nowS);
    if (holds(bounds, at[0], at[1]) && id !== except)
      labels.push({ key: id, title: id, kind: "critical", ring: false, at });
  }
  return labels;
}
