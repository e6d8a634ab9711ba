/** An event of a room: its number, the newest of each thing that changed by list, and the ids that left. */
export type NumberedEvent<Lists> = { epoch: number; seq: number; gone: string[] } & {
  [Name in keyof Lists]: Lists[Name][];
};

/** The answer to "everything after this number": `events` is `null` when only a whole picture can help. */
export type CatchUp<Lists> = { epoch: number; seq: number; events: NumberedEvent<Lists>[] | null };

/** Events kept for those who come back: two minutes at two a second, and never more than so many things in them. */
const EVENTS_KEPT_MAX = 240;
const ITEMS_KEPT_MAX = 20_000;

/**
 * A room whose messages are numbered, so that whoever missed one knows and asks again. Things are told as they change
 * and leave together at the next `flush`, newest of each: a thing that changes a hundred times costs one line.
 *
 * `epoch` is of this start of the program; `lists` names the kinds of things an event carries, for example `changed`.
 */
export class LiveRoom<Lists extends { [Name in keyof Lists]: { id: string } }> {
  readonly epoch: number;
  readonly #lists: readonly (keyof Lists & string)[];
  readonly #pending: Map<keyof Lists, Map<string, { id: string }>>;
  readonly #gone = new Set<string>();
  #kept: NumberedEvent<Lists>[] = [];
  #itemsKept = 0;
  #seq = 0;

  constructor({ epoch, lists }: { epoch: number; lists: readonly (keyof Lists & string)[] }) {
    this.epoch = epoch;
    this.#lists = lists;
    this.#pending = new Map(lists.map((name) => [name, new Map()]));
  }

  tell<Name extends keyof Lists & string>(list: Name, item: Lists[Name]): void {
    if (list === "changed") this.#gone.delete(item.id);
    this.#pending.get(list)!.set(item.id, item);
  }

  /** Takes a thing out of the picture: of the list `changed`, where there is one. */
  leave(id: string): void {
    this.#pending.get("changed" as keyof Lists)?.delete(id);
    this.#gone.add(id);
  }

  /** What was told since the last time, as the next event; `null` when nothing was. */
  flush(): NumberedEvent<Lists> | null {
    if (this.#gone.size === 0 && [...this.#pending.values()].every((items) => items.size === 0)) return null;
    const lists = this.#lists.map((name) => [name, [...this.#pending.get(name)!.values()]]);
    const event = {
      epoch: this.epoch,
      seq: ++this.#seq,
      gone: [...this.#gone],
      ...Object.fromEntries(lists),
    } as NumberedEvent<Lists>;
    for (const items of this.#pending.values()) items.clear();
    this.#gone.clear();
    this.#keep(event);
    return event;
  }

  /** Everything after number `seq` of `epoch`. What was told but not yet flushed comes as the next event. */
  since({ epoch, seq }: { epoch?: number | undefined; seq?: number | undefined }): CatchUp<Lists> {
    const now = { epoch: this.epoch, seq: this.#seq };
    if (epoch !== this.epoch || seq === undefined || seq > this.#seq) return { ...now, events: null };
    const events = this.#kept.filter((event) => event.seq > seq);
    return { ...now, events: events.length === this.#seq - seq ? events : null };
  }

  #keep(event: NumberedEvent<Lists>): void {
    this.#kept.push(event);
    this.#itemsKept += this.#itemsOf(event);
    while (this.#kept.length > EVENTS_KEPT_MAX || (this.#itemsKept > ITEMS_KEPT_MAX && this.#kept.length > 0))
      this.#itemsKept -= this.#itemsOf(this.#kept.shift()!);
  }

  #itemsOf(event: NumberedEvent<Lists>): number {
    return this.#lists.reduce((sum, name) => sum + event[name].length, event.gone.length);
  }
}
