import { describe, expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { makeFormats } from "@/components/ui/formats.ts";
import { bearingDeg, distanceM, wayM } from "./geography.ts";
import { placeWords } from "./place-words.ts";

const formats = makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en });
const joliet = { name: "Joliet", latitude: 41.525, longitude: -88.0817, radiusM: 500 };
const columbus = { name: "Columbus", latitude: 39.96, longitude: -83.0, radiusM: null };

describe("place words", () => {
  test("within the radius of a site it is at the site", () => {
    expect(placeWords({ latitude: 41.527, longitude: -88.0817 }, [joliet, columbus], formats, en)).toBe("At Joliet");
  });

  test("elsewhere it is so far from the nearest site, in the direction from the site", () => {
    expect(placeWords({ latitude: 41.1, longitude: -88.6 }, [columbus, joliet], formats, en)).toBe(
      "40\u00a0mi SW of Joliet",
    );
    expect(placeWords({ latitude: 40.25, longitude: -83.0 }, [columbus, joliet], formats, en)).toBe(
      "20\u00a0mi N of Columbus",
    );
  });

  test("a site without a place is nobody's neighbour", () => {
    const unplaced = { name: "1010", latitude: null, longitude: null, radiusM: null };
    const near = { latitude: 41.527, longitude: -88.0817 };
    expect(placeWords(near, [unplaced, joliet], formats, en)).toBe("At Joliet");
    expect(placeWords(near, [unplaced], formats, en)).toBe("41.5270, −88.0817");
  });

  test("without sites there are coordinates with a true minus, without a position there are words", () => {
    expect(placeWords({ latitude: 41.1, longitude: -88.6 }, [], formats, en)).toBe("41.1000, −88.6000");
    expect(placeWords(null, [joliet], formats, en)).toBe("Position not known");
  });
});

describe("geography", () => {
  test("distances agree with known ones", () => {
    // Chicago O'Hare to Los Angeles: 2,802 km.
    const metres = distanceM({ latitude: 41.9786, longitude: -87.9048 }, { latitude: 33.9425, longitude: -118.4081 });
    expect(metres / 1000).toBeCloseTo(2_802, -1);
    expect(wayM([joliet, columbus, joliet])).toBeCloseTo(2 * distanceM(joliet, columbus), 3);
    expect(wayM([joliet])).toBe(0);
  });

  test("bearings go clockwise from north", () => {
    const origin = { latitude: 0, longitude: 0 };
    expect(bearingDeg(origin, { latitude: 1, longitude: 0 })).toBeCloseTo(0);
    expect(bearingDeg(origin, { latitude: 0, longitude: 1 })).toBeCloseTo(90);
    expect(bearingDeg(origin, { latitude: 0, longitude: -1 })).toBeCloseTo(270);
  });
});
