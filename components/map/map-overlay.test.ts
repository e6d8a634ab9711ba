import type { LayerSpecification, Map as MapLibre } from "maplibre-gl";
import { expect, test, vi } from "vitest";
import { boundsOf, markLayers, marksData, showOverlay } from "./map-overlay.ts";

/** What of a map an overlay asks for; it keeps what it was told. */
function aMap() {
  const sources = new Map<string, { setData: ReturnType<typeof vi.fn> }>();
  const layers: string[] = [];
  const changed: [string, string, unknown][] = [];
  const map = {
    getSource: (name: string) => sources.get(name),
    addSource: (name: string) => sources.set(name, { setData: vi.fn() }),
    getLayer: (id: string) => layers.includes(id),
    addLayer: ({ id }: LayerSpecification) => layers.push(id),
    setPaintProperty: (id: string, name: string, value: unknown) => changed.push([id, name, value]),
    setLayoutProperty: (id: string, name: string, value: unknown) => changed.push([id, name, value]),
  };
  return { map: map as unknown as MapLibre, sources, layers, changed };
}

const data = marksData([{ id: "a", longitude: -88, latitude: 41, image: "critical", title: "Joliet" }]);
const layersIn = (scheme: "dark" | "light") => markLayers({ id: "marks", source: "marks", scheme, font: "Inter" });

test("an overlay that is shown again adds nothing twice and takes the new data and the paint of another scheme", () => {
  const { map, sources, layers, changed } = aMap();
  showOverlay(map, { sources: { marks: data }, layers: layersIn("dark") });
  expect(layers).toEqual(["marks-titles", "marks"]);
  expect(changed).toEqual([]);
  showOverlay(map, { sources: { marks: data }, layers: layersIn("light") });
  expect(layers).toEqual(["marks-titles", "marks"]);
  expect(sources.get("marks")!.setData).toHaveBeenCalledWith(data);
  expect(changed).toContainEqual(["marks-titles", "text-color", "#141a24"]);
});

test("marks lie above titles, so that a title finds its room beside them", () => {
  const [titles, marks] = layersIn("dark");
  expect([titles!.id, marks!.id]).toEqual(["marks-titles", "marks"]);
  expect(marks!.layout).toMatchObject({ "icon-allow-overlap": true });
  expect(titles!.layout?.["text-allow-overlap"]).toBeUndefined();
});

test("the bounds of places hold them all with a margin, and there are none without places", () => {
  expect(boundsOf([])).toBeNull();
  const bounds = boundsOf([
    { longitude: -90, latitude: 40 },
    { longitude: -80, latitude: 42 },
  ])!;
  expect(bounds.west).toBeLessThan(-90);
  expect(bounds.east).toBeGreaterThan(-80);
  expect(bounds.south).toBeLessThan(40);
  expect(bounds.north).toBeGreaterThan(42);
});
