import type { RowChange } from "../outgoing.ts";

export type TrueRow = {
  system: string;
  entity: string;
  key: string;
  image: Record<string, unknown>;
  deleted: boolean;
  stale: boolean;
  /** The source's own position of the newest change; `null` for a row known from the full load alone. */
  position: string | null;
};

/** A world that runs for weeks forgets the rows it began with. */
export const ROWS_MAX = 400_000;

/** The rows of the other systems as they are in the source's own order, whatever the order of delivery was. */
export class RowTruth {
  readonly #rows = new Map<string, TrueRow & { order: number }>();
  forgotten = 0;

  /** False if the change is older than what is known of its row: then it was late and changes nothing. */
  fold(change: RowChange): boolean {
    const { system, entity, key, operation, fields, order, position } = change;
    const name = `${system}/${entity}/${key}`;
    const before = this.#rows.get(name);
    if (before && order <= before.order) return false;
    const isWhole = operation === "create" || operation === "read";
    this.#rows.set(name, {
      system,
      entity,
      key,
      image: isWhole ? { ...fields } : { ...before?.image, ...fields },
      deleted: operation === "delete",
      stale: operation === "gap" || (!isWhole && (before?.stale ?? false)),
      position,
      order,
    });
    if (!before) this.#forgetOldest();
    return true;
  }

  *rows(): Generator<TrueRow> {
    for (const { order: _, ...row } of this.#rows.values()) yield row;
  }

  #forgetOldest(): void {
    if (this.#rows.size <= ROWS_MAX) return;
    const [oldest] = this.#rows.keys();
    if (oldest === undefined) return;
    this.#rows.delete(oldest);
    this.forgotten += 1;
  }
}
