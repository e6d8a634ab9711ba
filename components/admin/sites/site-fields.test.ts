import { describe, expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import type { Site } from "@/server/contracts/site.ts";
import { fenceFieldsSchema, fieldsOfFence, shapeOf } from "./fence-fields.ts";
import { changesNothing, editOf, fieldsOfSite, siteFieldsSchema } from "./site-fields.ts";
import { shownFences, shownSites } from "./sites-view.ts";

const site: Site = {
  id: "1010",
  kind: "plant",
  name: "Joliet",
  latitude: 41.5,
  longitude: -88.1,
  timeZone: "America/Chicago",
  radiusM: 800,
  edited: [],
  version: 3,
  record: null,
};
const usual = fieldsOfSite(site);
const pathsOf = (fields: object, schema: ReturnType<typeof siteFieldsSchema | typeof fenceFieldsSchema>) =>
  schema.safeParse(fields).error?.issues.map(({ path }) => path.join("."));

describe("the form of a site", () => {
  test("that was not touched asks for nothing", () => {
    expect(changesNothing(editOf(usual, site))).toBe(true);
  });

  test("asks for what was touched alone; what was emptied goes back to the source", () => {
    expect(editOf({ ...usual, latitude: "41.6" }, site)).toEqual({
      version: 3,
      place: { latitude: 41.6, longitude: -88.1 },
    });
    expect(editOf({ ...usual, latitude: "", longitude: "", timeZone: "", radiusM: "" }, site)).toEqual({
      version: 3,
      place: null,
      timeZone: null,
      radiusM: null,
    });
  });

  test("says at which field something is wrong", () => {
    const schema = siteFieldsSchema(en);
    expect(pathsOf(usual, schema)).toBeUndefined();
    expect(pathsOf({ ...usual, latitude: "91" }, schema)).toEqual(["latitude"]);
    expect(pathsOf({ ...usual, longitude: "" }, schema)).toEqual(["longitude"]);
    expect(pathsOf({ ...usual, radiusM: "5" }, schema)).toEqual(["radiusM"]);
    expect(pathsOf({ ...usual, name: " ", latitude: "41,5" }, schema)).toEqual(["name", "latitude"]);
  });
});

describe("the form of a fence", () => {
  const circle = { kind: "circle", latitude: 41.5, longitude: -88.1, radiusM: 800 } as const;
  const fields = fieldsOfFence("Yard", circle);
  const schema = fenceFieldsSchema(en);

  test("keeps both shapes, so that going back and forth loses nothing", () => {
    expect(shapeOf(fields)).toEqual(circle);
    const polygon = shapeOf({ ...fields, kind: "polygon" });
    expect(polygon?.kind === "polygon" && polygon.points).toHaveLength(6);
    expect(pathsOf({ ...fields, kind: "polygon" }, schema)).toBeUndefined();
  });

  test("says at which point the sides cross, which point is no number, and what is wrong with the whole", () => {
    const [first, second, ...rest] = fields.points;
    const crossed = { ...fields, kind: "polygon", points: [second, first, ...rest] };
    expect(pathsOf(crossed, schema)).toEqual([expect.stringMatching(/^points\.\d\.latitude$/)]);
    const typed = { ...fields, kind: "polygon", points: [{ latitude: "x", longitude: "1" }, second, ...rest] };
    expect(pathsOf(typed, schema)).toEqual(["points.0.latitude"]);
    const tiny = fields.points
      .map((_, n) => ({ latitude: `41.50000${n % 2}`, longitude: `-88.10000${n}` }))
      .slice(0, 3);
    expect(pathsOf({ ...fields, kind: "polygon", points: tiny }, schema)).toEqual(["kind"]);
    expect(pathsOf({ ...fields, radiusM: "1" }, schema)).toEqual(["radiusM"]);
  });
});

test("sites are found by id or name and by what they lack; fences of sites are found with their sites", () => {
  const stub = { ...site, id: "2000", name: "2000", latitude: null, longitude: null };
  const edited = { ...site, id: "3000", name: "Toledo", edited: ["place" as const] };
  const all = [site, stub, edited];
  const ids = (list: Site[]) => list.map(({ id }) => id);
  expect(ids(shownSites(all, "sites", " jol"))).toEqual(["1010"]);
  expect(ids(shownSites(all, "sites", "0"))).toEqual(["1010", "2000", "3000"]);
  expect(ids(shownSites(all, "unplaced", ""))).toEqual(["2000"]);
  expect(ids(shownSites(all, "edited", ""))).toEqual(["3000"]);
  const shape = { kind: "circle", latitude: 1, longitude: 1, radiusM: 50 } as const;
  const fences = [
    { id: "b", name: "Yard", siteId: null, shape, version: 1 },
    { id: "a", name: "Border", siteId: null, shape, version: 1 },
    { id: "c", name: "Joliet", siteId: "1010", shape, version: 1 },
  ];
  expect(shownFences(fences, "").map(({ name }) => name)).toEqual(["Border", "Yard"]);
});
