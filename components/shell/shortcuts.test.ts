import { describe, expect, test } from "vitest";
import { makeShortcutReader } from "./shortcuts.ts";

const press = (
  key: string,
  more: Partial<{ ctrlKey: boolean; metaKey: boolean; altKey: boolean; timeStamp: number }> = {},
) => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  timeStamp: 0,
  ...more,
});
const free = { typing: false, singleKeys: true };

describe("the shortcut reader", () => {
  test("a single key is its shortcut", () => {
    const read = makeShortcutReader();
    expect(["?", "p", "/", "j", "k"].map((key) => read(press(key), free))).toEqual([
      "help",
      "pause",
      "search",
      "next",
      "previous",
    ]);
  });

  test("keys pressed in a text field are text, except the palette", () => {
    const read = makeShortcutReader();
    const typing = { typing: true, singleKeys: true };
    expect(read(press("j"), typing)).toBeNull();
    expect(read(press("Escape"), typing)).toBeNull();
    expect(read(press("k", { ctrlKey: true }), typing)).toBe("palette");
    expect(read(press("K", { metaKey: true }), typing)).toBe("palette");
  });

  test("single keys switched off leave only the keys that are no characters", () => {
    const read = makeShortcutReader();
    const off = { typing: false, singleKeys: false };
    expect(["?", "p", "/", "j", "k"].map((key) => read(press(key), off))).toEqual([null, null, null, null, null]);
    expect(read(press("Escape"), off)).toBe("close");
    expect(read(press("k", { ctrlKey: true }), off)).toBe("palette");
  });

  test("a modified key is never a single-key shortcut", () => {
    const read = makeShortcutReader();
    expect(read(press("p", { ctrlKey: true }), free)).toBeNull();
    expect(read(press("j", { altKey: true }), free)).toBeNull();
  });

  test("g then f goes to the fleet only when the second key follows soon", () => {
    const read = makeShortcutReader();
    expect(read(press("g", { timeStamp: 100 }), free)).toBeNull();
    expect(read(press("f", { timeStamp: 1_000 }), free)).toBe("goFleet");
    expect(read(press("g", { timeStamp: 2_000 }), free)).toBeNull();
    expect(read(press("f", { timeStamp: 3_500 }), free)).toBeNull();
    expect(read(press("f", { timeStamp: 3_600 }), free)).toBeNull();
  });
});
