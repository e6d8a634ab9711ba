import { describe, expect, test } from "vitest";
import { countFound, isChosen, levelChoices, switchChoice } from "./fleet-counts.ts";
import { NO_FILTERS, parseFleetView } from "./fleet-view.ts";

const usual = parseFleetView(new URLSearchParams());
const quiet = {
  vehicles: 10,
  moving: 4,
  idling: 1,
  stopped: 3,
  offline: 2,
  onTime: 0,
  atRisk: 0,
  late: 0,
  critical: 0,
};

describe("the level filter", () => {
  test("levels of service are shown only when there are any", () => {
    expect(levelChoices(quiet, usual).map(({ level }) => level)).toEqual(["unknown", "normal", "calm", "still"]);
    expect(levelChoices({ ...quiet, late: 3, critical: 1 }, usual).map(({ level }) => level)).toEqual([
      "critical",
      "high",
      "unknown",
      "normal",
      "calm",
      "still",
    ]);
  });

  test("a level that is filtered by stays, so that it can be switched off again", () => {
    expect(levelChoices(quiet, { services: ["late"] }).map(({ level }) => level)).toContain("high");
  });

  test("pressing a level twice leaves the view as it was", () => {
    const offline = levelChoices(quiet, usual).find(({ level }) => level === "unknown")!;
    const once = { ...usual, ...switchChoice(usual, offline) };
    expect(isChosen(once, offline)).toBe(true);
    expect({ ...once, ...switchChoice(once, offline) }).toEqual(usual);
  });
});

describe("how many are found", () => {
  test("the counts alone answer for one kind of filter", () => {
    expect(countFound(quiet, usual)).toBe(10);
    expect(countFound(quiet, { ...usual, motions: ["moving", "offline"] })).toBe(6);
    expect(countFound({ ...quiet, late: 2 }, { ...usual, services: ["late"] })).toBe(2);
  });

  test("nothing is claimed where only the list can tell", () => {
    expect(countFound(null, usual)).toBeNull();
    expect(countFound(quiet, { ...usual, text: "4" })).toBeNull();
    expect(countFound(quiet, { ...usual, inView: true })).toBeNull();
    expect(countFound(quiet, { ...usual, motions: ["moving"], services: ["late"] })).toBeNull();
    expect(countFound(quiet, { ...usual, services: ["none"] })).toBeNull();
    expect(countFound(quiet, { ...usual, ...NO_FILTERS })).toBe(10);
  });
});
