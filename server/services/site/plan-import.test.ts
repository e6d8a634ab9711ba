import { describe, expect, test } from "vitest";
import { isAppError } from "../../platform/errors.ts";
import { planImport } from "./plan-import.ts";
import type { SiteFacts, StoredSite } from "./port.ts";
import { NO_FACTS } from "./port.ts";
import { readSiteFile } from "./read-site-file.ts";

const aSite = (over: Partial<StoredSite> = {}): StoredSite => ({
  id: "1010",
  kind: "plant",
  name: "Joliet",
  latitude: 41.5,
  longitude: -88.1,
  timeZone: "America/Chicago",
  radiusM: 800,
  edited: [],
  version: 0,
  record: null,
  ...over,
});

const HEAD = "site_id,kind,name,latitude,longitude,time_zone,radius_m";

function plan(text: string, sites: StoredSite[] = [aSite()], edits: Record<string, SiteFacts> = {}) {
  const known = { sites: new Map(sites.map((site) => [site.id, site])), edits: new Map(Object.entries(edits)) };
  return planImport(readSiteFile(text), known);
}

function refusal(text: string): string {
  try {
    readSiteFile(text);
  } catch (error) {
    if (isAppError(error)) return `${error.code}: ${error.message}`;
    throw error;
  }
  return "none";
}

describe("a line of a file of sites", () => {
  test("that says what is so already changes nothing, so that an export can come in again", () => {
    const { lines, edits, added } = plan(`${HEAD}\n1010,plant,Joliet,41.5,-88.1,America/Chicago,800\n`);
    expect(lines).toEqual([{ line: 2, siteId: "1010", outcome: "unchanged", changes: [], errors: [] }]);
    expect([edits, added]).toEqual([[], []]);
  });

  test("sets what it says differently over the source, and leaves the rest to the source", () => {
    const { lines, edits } = plan(`${HEAD}\n1010,,,41.6,-88.1,,900\n`);
    expect(lines[0]).toMatchObject({
      outcome: "changed",
      changes: [
        { column: "latitude", before: "41.5", after: "41.6" },
        { column: "radius_m", before: "800", after: "900" },
      ],
    });
    expect(edits).toEqual([{ id: "1010", facts: { ...NO_FACTS, latitude: 41.6, longitude: -88.1, radiusM: 900 } }]);
  });

  test("keeps what an admin set before where it says nothing", () => {
    const edited = { ...NO_FACTS, name: "Joliet north" };
    const { edits } = plan(`${HEAD}\n1010,,,,,America/Denver,\n`, [aSite({ name: "Joliet north" })], { 1010: edited });
    expect(edits).toEqual([{ id: "1010", facts: { ...edited, timeZone: "America/Denver" } }]);
  });

  test("gives a place to a site that a reference alone names", () => {
    const stub = aSite({ id: "2000", name: "2000", latitude: null, longitude: null, timeZone: null, radiusM: null });
    const { lines } = plan("site_id;latitude;longitude\n2000;40;-80\n", [stub]);
    expect(lines[0]).toMatchObject({ outcome: "changed", changes: [{ before: null, after: "40" }, { after: "-80" }] });
  });

  test("makes a site that is not known, with kind and name as its own", () => {
    const { lines, added, edits } = plan(`${HEAD}\n9001,yard,Elwood,41.4,-88.1,America/Chicago,\n`);
    expect(lines[0]?.outcome).toBe("added");
    expect(added).toEqual([{ id: "9001", kind: "yard", name: "Elwood" }]);
    expect(edits[0]?.facts).toEqual({ ...NO_FACTS, latitude: 41.4, longitude: -88.1, timeZone: "America/Chicago" });
  });

  test.each([
    [
      "9001,,,1,1,,",
      [
        ["kind", "a new site needs a kind"],
        ["name", "a new site needs a name"],
      ],
    ],
    ["1010,warehouse,,,,,", [["kind", "this site is a plant; its kind cannot be changed"]]],
    ["1010,shop,,,,,", [["kind", expect.stringContaining("expected one of plant")]]],
    [",plant,Nobody,1,1,,", [["site_id", "expected an id"]]],
    ["1010,,,91,0,,", [["latitude", expect.stringContaining("90")]]],
    ['1010,,,"41,5",-88.1,,', [["latitude", "expected a decimal number such as 41.525"]]],
    [
      "1010,,,1e2,0x1,,",
      [
        ["latitude", expect.anything()],
        ["longitude", expect.anything()],
      ],
    ],
    ["1010,,,41.5,,,", [["longitude", "latitude and longitude come together"]]],
    ["1010,,,,,Mars/Olympus,", [["time_zone", "expected a time zone such as America/Chicago"]]],
    ["1010,,,,,+05:00,", [["time_zone", expect.anything()]]],
    ["1010,,,,,,5", [["radius_m", expect.stringContaining("10")]]],
    ["1010,plant,Joliet", [["", "has 3 cells, the head has 7"]]],
  ])("is refused with its columns and why: %s", (line, errors) => {
    const { lines, edits, added } = plan(`${HEAD}\n${line}\n`);
    expect(lines[0]?.outcome).toBe("refused");
    expect(lines[0]?.errors.map(({ column, message }) => [column, message])).toEqual(errors);
    expect([edits, added]).toEqual([[], []]);
  });

  test("that names a site again is refused, and the lines around it count all the same", () => {
    const { lines } = plan(`${HEAD}\n1010,,A,,,,\n1010,,B,,,,\n9001,yard,C,,,,\n`);
    expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [2, "changed"],
      [3, "refused"],
      [4, "added"],
    ]);
    expect(lines[1]?.errors).toEqual([{ column: "site_id", message: "this site is on line 2 already" }]);
  });
});

describe("a file of sites", () => {
  test("may be divided by comma, semicolon or tab, begin with a byte order mark, quote cells and end lines as Windows does", () => {
    for (const mark of [",", ";", "\t"]) {
      const text = `\ufeffName${mark}SITE_ID${mark}kind\r\n"The ""old"" yard"${mark}9001${mark}yard\r\n`;
      expect(plan(text).added, mark).toEqual([{ id: "9001", kind: "yard", name: 'The "old" yard' }]);
    }
  });

  test("may carry the mark that keeps a spreadsheet from running a name as a formula", () => {
    expect(plan(`${HEAD}\n9001,yard,'=SUM(A1),,,,\n`).added[0]?.name).toBe("=SUM(A1)");
  });

  test("whose cells hold line breaks keeps count of its lines, and refuses the name that has one", () => {
    const { lines } = plan(`${HEAD}\n9001,yard,"two\nlines",,,,\n9002,yard,One,,,,\n`);
    expect(lines.map(({ line, outcome }) => [line, outcome])).toEqual([
      [3, "refused"],
      [4, "added"],
    ]);
  });

  test("that cannot be divided into lines and columns is refused as a whole, in words", () => {
    expect(refusal("")).toBe("invalid_input: the file is empty");
    expect(refusal("plant,where\n")).toContain("unknown columns: plant, where. Known are site_id, kind");
    expect(refusal("name,kind\n")).toContain("no column site_id");
    expect(refusal("site_id,site_id\n")).toContain("names a column twice");
    expect(refusal(`${HEAD}\n1010,"plant\n`)).toContain("not CSV");
    expect(refusal(`site_id\n${"1\n".repeat(20_001)}`)).toContain("more than 20000 lines");
    expect(refusal(`site_id\n${"1\n".repeat(20_000)}`)).toBe("none");
  });
});
