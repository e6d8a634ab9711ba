import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOTIONS, SERVICES } from "@/server/contracts/vehicle.ts";
import {
  type FleetView,
  fleetSearch,
  isFiltered,
  NO_FILTERS,
  parseFleetView,
  questionOf,
  SORTS,
} from "./fleet-view.ts";

const parse = (search: string) => parseFleetView(new URLSearchParams(search));
const usual = parse("");
const rounded = (value: number, digits: number) => Number(value.toFixed(digits)) + 0;

const anyView: fc.Arbitrary<FleetView> = fc.record({
  vehicle: fc.option(fc.string({ minLength: 1, maxLength: 60 })),
  motions: fc.subarray([...MOTIONS]),
  services: fc.subarray([...SERVICES]),
  text: fc.string({ maxLength: 100 }),
  inView: fc.boolean(),
  sort: fc.constantFrom(...SORTS),
  map: fc.option(
    fc
      .tuple(
        fc.double({ min: -180, max: 180, noNaN: true }),
        fc.double({ min: -90, max: 90, noNaN: true }),
        fc.double({ min: 0, max: 22, noNaN: true }),
      )
      .map(([longitude, latitude, zoom]) => ({
        center: [rounded(longitude, 4), rounded(latitude, 4)] as const,
        zoom: rounded(zoom, 2),
      })),
  ),
  pane: fc.constantFrom("list", "map"),
});

describe("the fleet's address", () => {
  test("any view comes back from its address as it was", () => {
    fc.assert(
      fc.property(anyView, (view) => {
        expect(parse(fleetSearch(view))).toEqual(view);
      }),
    );
  });

  test("the usual view has an empty address", () => expect(fleetSearch(usual)).toBe(""));

  test("an address is readable", () => {
    const view = {
      ...usual,
      vehicle: "TRK-48213",
      motions: ["moving", "idling"] as const,
      map: { center: [-85.15, 39.75] as const, zoom: 6.05 },
    };
    expect(fleetSearch(view)).toBe("?vehicle=TRK-48213&motion=moving,idling&map=-85.1500,39.7500,6.05");
  });

  test("what is unknown or out of bounds in an address is left away and the rest kept", () => {
    const view = parse(
      "?vehicle=T1&motion=flying,moving&service=dead&sort=worstest&map=1,2,99&pane=x&in=all&colour=red",
    );
    expect(view).toEqual({ ...usual, vehicle: "T1", motions: ["moving"] });
    expect(parse("?map=1,2").map).toBeNull();
    expect(parse("?map=,,").map).toBeNull();
    expect(parse("?map=1,2,3,4").map).toBeNull();
    expect(parse(`?q=${"x".repeat(500)}`).text).toHaveLength(100);
  });
});

describe("filters", () => {
  test("the map, the selection and the order are no filters", () => {
    expect(isFiltered({ ...usual, vehicle: "T1", sort: "speed", map: { center: [0, 0], zoom: 3 } })).toBe(false);
    expect(isFiltered({ ...usual, inView: true })).toBe(true);
    expect(isFiltered({ ...parse("?motion=offline&q=4"), ...NO_FILTERS })).toBe(false);
  });

  test("the list asks for what is filtered and for nothing else", () => {
    expect(questionOf(usual, null, 100)).toEqual({ sort: "worst", limit: 100 });
    expect(questionOf({ ...usual, motions: ["moving", "idling"], services: ["late"], text: "48" }, null, 50)).toEqual({
      q: "48",
      motion: "moving,idling",
      service: "late",
      sort: "worst",
      limit: 50,
    });
  });

  test("in view asks for the bounds of the map, cut to the world", () => {
    const bounds = { west: -200, south: -95, east: 10.123456, north: 91 };
    expect(questionOf(usual, bounds, 1).bounds).toBeUndefined();
    expect(questionOf({ ...usual, inView: true }, bounds, 1).bounds).toBe("-180.0000,-90.0000,10.1235,90.0000");
  });
});
