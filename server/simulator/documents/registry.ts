/** What the world remembers of documents that are over: a world that runs for weeks forgets the oldest of them. */
const OVER_MAX = 8000;

/** Documents by number, in the order they were made. */
export class Registry<Item> {
  readonly #items = new Map<string, Item>();
  readonly #over = new Set<string>();
  readonly #onForgotten: (number: string) => void;

  constructor(onForgotten: (number: string) => void = () => {}) {
    this.#onForgotten = onForgotten;
  }

  add(number: string, item: Item): void {
    this.#items.set(number, item);
  }

  /** Nothing more happens to it. */
  close(number: string): void {
    if (!this.#items.has(number)) return;
    this.#over.add(number);
    if (this.#over.size <= OVER_MAX) return;
    const [oldest] = this.#over;
    this.#over.delete(oldest!);
    this.#items.delete(oldest!);
    this.#onForgotten(oldest!);
  }

  values = (): IterableIterator<Item> => this.#items.values();
}
