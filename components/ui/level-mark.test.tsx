import { render } from "@testing-library/react";
import { expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { MOTIONS, SERVICES } from "@/server/contracts/vehicle.ts";
import { feedLevel, LEVELS, vehicleLevel } from "./level.ts";
import { LevelMark } from "./level-mark.tsx";

const drawn = (level: (typeof LEVELS)[number]) => render(<LevelMark level={level} />).container.querySelector("svg")!;

test("every level has a shape and a word of its own, so that colour is never the only sign", () => {
  const shapes = LEVELS.map((level) => drawn(level).innerHTML);
  expect(new Set(shapes).size).toBe(LEVELS.length);
  expect(new Set(LEVELS.map((level) => en.levels[level])).size).toBe(LEVELS.length);
});

test("a mark is hidden from readers of the screen: the word beside it says the same", () => {
  for (const level of LEVELS) expect(drawn(level).getAttribute("aria-hidden")).toBe("true");
});

test("what is wrong with a vehicle comes before how it moves", () => {
  expect(vehicleLevel({ motion: "moving", service: "late" })).toBe("high");
  expect(vehicleLevel({ motion: "offline", service: "critical" })).toBe("critical");
  expect(vehicleLevel({ motion: "offline", service: "none" })).toBe("unknown");
  expect(vehicleLevel({ motion: "stopped", service: "on_time" })).toBe("still");
  for (const motion of MOTIONS)
    for (const service of SERVICES) expect(LEVELS).toContain(vehicleLevel({ motion, service }));
});

test("only an arrow head turns with the heading", () => {
  const turned = render(<LevelMark level="normal" headingDeg={90} />).container.querySelector("svg")!;
  expect(turned.style.transform).toBe("rotate(90deg)");
  const square = render(<LevelMark level="still" headingDeg={90} />).container.querySelector("svg")!;
  expect(square.style.transform).toBe("");
});

test("a source that is silent is loud, one that is off is not", () => {
  expect(feedLevel("silent")).toBe("critical");
  expect(feedLevel("off")).toBe("still");
});
