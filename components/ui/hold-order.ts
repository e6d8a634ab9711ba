/**
 * Fresh rows in the order that is on the screen, so that no row moves away from under a pointer or a reader. Rows that
 * are gone leave; `newCount` says how many wait at the end that were not there before.
 */
export function holdOrder<Row extends { id: string }>(
  shownIds: readonly string[],
  fresh: readonly Row[],
): { rows: Row[]; newCount: number } {
  const byId = new Map(fresh.map((row) => [row.id, row]));
  const kept = shownIds.flatMap((id) => byId.get(id) ?? []);
  const shown = new Set(shownIds);
  const added = fresh.filter(({ id }) => !shown.has(id));
  return { rows: [...kept, ...added], newCount: added.length };
}

/** Pages overlap when the order changes between two requests; each vehicle is shown once, where it came first. */
export function withoutRepeats<Row extends { id: string }>(rows: readonly Row[]): Row[] {
  const seen = new Set<string>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
