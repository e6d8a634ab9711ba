/** One page of a list. `asOf` is when it was read, milliseconds since 1970. */
export type Page<Item> = { items: Item[]; nextCursor: string | null; asOfMs: number };

export const PAGE_SIZE_DEFAULT = 100;
export const PAGE_SIZE_MAX = 1_000;
