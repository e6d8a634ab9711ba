import { expect, test } from "vitest";
import { en } from "@/components/messages/en.ts";
import { makeFormats } from "@/components/ui/formats.ts";
import type { Site } from "@/server/contracts/site.ts";
import { dayWords, laneWords, missedByMs, moneyWords, quantityWords, reasonWords } from "./order-words.ts";
import { anOrder } from "./testing.ts";

const formats = makeFormats({ locale: "en-US", units: "us", timeZone: "UTC", messages: en });
const aSite = (id: string, name: string): Site => ({
  id,
  name,
  kind: "plant",
  latitude: 41.5,
  longitude: -88.1,
  timeZone: null,
  radiusM: null,
  edited: [],
  version: 1,
  record: null,
});

test("a reason is said in plain words with its figures, and an unknown one still by its code", () => {
  const words = (reason: Parameters<typeof reasonWords>[0]) => reasonWords(reason, formats, en);
  expect(words({ code: "late_arrival", minutes: 114 })).toBe("Arrives 1 h 54 min late");
  expect(words({ code: "not_confirmed", quantity: "960.000" })).toBe("960 not confirmed");
  expect(words({ code: "not_confirmed", quantity: "960.000", text: "4711" })).toBe("960 not confirmed of 4711");
  expect(words({ code: "blocked", text: "Credit block" })).toBe("Credit block");
  expect(words({ code: "gate_queue", minutes: 40 })).toBe("Gate queue: 40 min");
  expect(words(null)).toBe("");
});

test("money is short in a table, whole in a title, and keeps a currency that nobody knows", () => {
  const value = { amount: "472000.00", currency: "USD" };
  expect(moneyWords(value, "en-US", "–", "compact")).toBe("$472K");
  expect(moneyWords(value, "en-US", "–", "standard")).toBe("$472,000");
  expect(moneyWords({ amount: "12.5", currency: "PTS1" }, "en-US", "–", "standard")).toBe("12.5 PTS1");
  expect(moneyWords(null, "en-US", "–", "compact")).toBe("–");
});

test("a quantity has the places it came with, without zeros at its end", () => {
  expect(quantityWords("1188.000", formats)).toBe("1,188");
  expect(quantityWords("0.250", formats)).toBe("0.25");
  expect(quantityWords(null, formats)).toBe("–");
});

test("a lane names sites, or their numbers while nobody has named them", () => {
  const sites = new Map([["1010", aSite("1010", "Joliet")]]);
  expect(laneWords(anOrder(), sites, en)).toBe("Joliet → C014");
  expect(laneWords(anOrder({ originSite: null }), sites, en)).toBe("– → C014");
  expect(laneWords(anOrder({ originSite: null, destinationSite: null }), sites, en)).toBe("");
});

test("a day stays the day its source says, whatever the zone", () => {
  expect(dayWords("2026-11-17", "en-US", "–")).toBe("Tue 17 Nov");
});

test("an order misses by what the estimate is after the promise", () => {
  expect(missedByMs(anOrder({ eta: "2026-11-17T16:24:00.000Z" }))).toBe(114 * 60_000);
  expect(missedByMs(anOrder())).toBeNull();
  expect(missedByMs(anOrder({ eta: null }))).toBeNull();
});
