/** Where the help shows it. */
type Group = "everywhere" | "list" | "map";

type Shortcut = {
  id: string;
  group: Group;
  /** What to press, as shown; a sequence is pressed one key after the other. */
  keys: readonly string[];
  sequence?: boolean;
  /** A single character without a modifier: it can be switched off (WCAG 2.1.4). */
  single: boolean;
};

/** Every shortcut of the tower. What answers it is registered where the thing is, by `useShortcut`. */
export const SHORTCUTS = [
  { id: "palette", group: "everywhere", keys: ["Ctrl", "K"], single: false },
  { id: "help", group: "everywhere", keys: ["?"], single: true },
  { id: "pause", group: "everywhere", keys: ["p"], single: true },
  { id: "goFleet", group: "everywhere", keys: ["g", "f"], sequence: true, single: true },
  { id: "goOrders", group: "everywhere", keys: ["g", "o"], sequence: true, single: true },
  { id: "goInventory", group: "everywhere", keys: ["g", "i"], sequence: true, single: true },
  { id: "goData", group: "everywhere", keys: ["g", "d"], sequence: true, single: true },
  { id: "goSites", group: "everywhere", keys: ["g", "s"], sequence: true, single: true },
  { id: "goSettings", group: "everywhere", keys: ["g", ","], sequence: true, single: true },
  { id: "search", group: "list", keys: ["/"], single: true },
  { id: "next", group: "list", keys: ["j"], single: true },
  { id: "previous", group: "list", keys: ["k"], single: true },
  { id: "first", group: "list", keys: ["Home"], single: false },
  { id: "last", group: "list", keys: ["End"], single: false },
  { id: "open", group: "list", keys: ["Enter"], single: false },
  { id: "close", group: "list", keys: ["Esc"], single: false },
  { id: "pan", group: "map", keys: ["←", "→", "↑", "↓"], single: false },
  { id: "zoom", group: "map", keys: ["+", "−"], single: false },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof SHORTCUTS)[number]["id"];

export const SHORTCUT_GROUPS: readonly Group[] = ["everywhere", "list", "map"];

/** The second key of a sequence must follow within this time. */
const SEQUENCE_MS_MAX = 1_000;

type KeyPress = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "timeStamp">;

const SINGLE_KEYS = new Map<string, ShortcutId>([
  ["?", "help"],
  ["p", "pause"],
  ["/", "search"],
  ["j", "next"],
  ["k", "previous"],
]);

/** After `g`. */
const PAGE_KEYS = new Map<string, ShortcutId>([
  ["f", "goFleet"],
  ["o", "goOrders"],
  ["i", "goInventory"],
  ["d", "goData"],
  ["s", "goSites"],
  [",", "goSettings"],
]);

/**
 * Makes the reader that turns key presses into shortcuts; it remembers the first key of a sequence. `typing` says that
 * the press belongs to a text field, where only modified keys count.
 */
export function makeShortcutReader() {
  let leadAt = Number.NEGATIVE_INFINITY;
  return (press: KeyPress, options: { typing: boolean; singleKeys: boolean }): ShortcutId | null => {
    const { key, ctrlKey, metaKey, altKey, timeStamp } = press;
    if (ctrlKey || metaKey) return key.toLowerCase() === "k" && !altKey ? "palette" : null;
    if (altKey || options.typing) return null;
    if (key === "Escape") return "close";
    if (!options.singleKeys) return null;
    const followsLead = timeStamp - leadAt <= SEQUENCE_MS_MAX;
    leadAt = key === "g" ? timeStamp : Number.NEGATIVE_INFINITY;
    return (followsLead ? PAGE_KEYS.get(key) : undefined) ?? SINGLE_KEYS.get(key) ?? null;
  };
}
