/** Seconds since the map was made, the time that glides are told in. It stands still while the map is paused. */
export class MapClock {
  readonly #originMs = performance.now();
  #frozenS: number | null = null;

  get nowS(): number {
    return this.#frozenS ?? (performance.now() - this.#originMs) / 1000;
  }

  freeze(atS = this.nowS): void {
    this.#frozenS = atS;
  }

  release(): void {
    this.#frozenS = null;
  }
}
