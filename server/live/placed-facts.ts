/**
 * Facts that documents tell of stock positions, found by position. A document that changes is told whole: what it told
 * before is forgotten.
 */
export class PlacedFacts<Fact> {
  readonly #byPosition = new Map<string, Map<string, Fact[]>>();
  readonly #positionsOf = new Map<string, string[]>();

  /** Returns the positions that this changes. */
  set(documentId: string, placed: readonly { position: string; fact: Fact }[]): Set<string> {
    const changed = new Set(this.#positionsOf.get(documentId));
    for (const position of changed) this.#forget(position, documentId);
    for (const { position, fact } of placed) {
      const documents = this.#byPosition.get(position) ?? new Map<string, Fact[]>();
      documents.set(documentId, [...(documents.get(documentId) ?? []), fact]);
      this.#byPosition.set(position, documents);
      changed.add(position);
    }
    const positions = [...new Set(placed.map(({ position }) => position))];
    if (positions.length > 0) this.#positionsOf.set(documentId, positions);
    else this.#positionsOf.delete(documentId);
    return changed;
  }

  at(position: string): Fact[] {
    return [...(this.#byPosition.get(position)?.values() ?? [])].flat();
  }

  positionsOf(documentId: string): readonly string[] {
    return this.#positionsOf.get(documentId) ?? [];
  }

  #forget(position: string, documentId: string): void {
    const documents = this.#byPosition.get(position);
    documents?.delete(documentId);
    if (documents?.size === 0) this.#byPosition.delete(position);
  }
}
