/** What is to happen next, earliest first; what is due at the same time happens in the order it was scheduled. */
export class EventQueue<Item> {
  readonly #times: number[] = [];
  readonly #orders: number[] = [];
  readonly #items: Item[] = [];
  #scheduled = 0;

  get size(): number {
    return this.#items.length;
  }

  /** Time of the earliest, or infinity. */
  get nextMs(): number {
    return this.#times[0] ?? Infinity;
  }

  push(timeMs: number, item: Item): void {
    this.#times.push(timeMs);
    this.#orders.push(this.#scheduled++);
    this.#items.push(item);
    this.#rise(this.#items.length - 1);
  }

  /** Takes the earliest out. Only while `size` is above zero. */
  pop(): Item {
    const first = this.#items[0]!;
    const last = this.#items.length - 1;
    this.#swap(0, last);
    this.#times.pop();
    this.#orders.pop();
    this.#items.pop();
    this.#sink(0);
    return first;
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#isBefore(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(from: number): void {
    let at = from;
    for (;;) {
      const left = 2 * at + 1;
      let least = at;
      if (left < this.#items.length && this.#isBefore(left, least)) least = left;
      if (left + 1 < this.#items.length && this.#isBefore(left + 1, least)) least = left + 1;
      if (least === at) return;
      this.#swap(at, least);
      at = least;
    }
  }

  #isBefore(a: number, b: number): boolean {
    const apart = this.#times[a]! - this.#times[b]!;
    return apart < 0 || (apart === 0 && this.#orders[a]! < this.#orders[b]!);
  }

  #swap(a: number, b: number): void {
    [this.#times[a], this.#times[b]] = [this.#times[b]!, this.#times[a]!];
    [this.#orders[a], this.#orders[b]] = [this.#orders[b]!, this.#orders[a]!];
    [this.#items[a], this.#items[b]] = [this.#items[b]!, this.#items[a]!];
  }
}
