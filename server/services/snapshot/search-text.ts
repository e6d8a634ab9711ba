/**
 * What a person types, as the index of keys has it: parts divided by bars, without zeros in front. `80334561/10`,
 * `0080334561|000010` and `0080334561 10` ask for the same.
 */
export function searchTextOf(typed: string): string | null {
  const parts = typed
    .trim()
    .split(/[|/\s]+/)
    .map((part) => part.replace(/^0+(?=.)/, ""));
  const text = parts.join("|").replace(/^\|+/, "");
  return text === "" ? null : text;
}
