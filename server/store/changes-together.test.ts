import { expect, test } from "vitest";
import type { DecodedRecord } from "../pipeline/changes-record.ts";
import type { ChangesChunk, ChunkToStore } from "./changes-chunk.ts";
import { createStoreTogether } from "./changes-together.ts";

const DATA_ERROR = new Error("unstorable");
const move = () => {
  throw new Error("the store of this test moves nothing");
};

const aChunk = (place: number, over: { changes?: number; gaps?: number } = {}): ChangesChunk => {
  const lists = { changes: Array(over.changes ?? 1).fill({}), gaps: Array(over.gaps ?? 0).fill({}) };
  return { decoded: [{ place, ...lists } as unknown as DecodedRecord], ignored: [], rejected: [] };
};
const placeOf = ({ chunk }: ChunkToStore): number => chunk.decoded[0]!.place;

/** Writes down which chunks were stored together; `fails` says why a transaction with these cannot be stored. */
function aStore(fails: (places: readonly number[]) => Error | null = () => null) {
  const groups: number[][] = [];
  const together = createStoreTogether(
    async (chunks) => {
      const places = chunks.map(placeOf);
      groups.push(places);
      const error = fails(places);
      if (error) throw error;
      return places.map((place) => new Map([[place, "applied" as const]]));
    },
    (error) => error === DATA_ERROR,
  );
  return { groups, store: (chunk: ChangesChunk) => together(chunk, move) };
}

test("what comes in the same turn, and while another transaction runs, is stored together, each with its own outcomes", async () => {
  const { groups, store } = aStore();
  const first = [store(aChunk(0)), store(aChunk(1))];
  const later = first[0]!.then(() => store(aChunk(2)));
  expect(await Promise.all([...first, later])).toEqual([0, 1, 2].map((place) => new Map([[place, "applied"]])));
  expect(groups).toEqual([[0, 1], [2]]);
});

test("one that the database refuses is refused alone, and the others are stored", async () => {
  const { groups, store } = aStore((places) => (places.includes(1) ? DATA_ERROR : null));
  const results = await Promise.allSettled([0, 1, 2].map((place) => store(aChunk(place))));
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(groups).toEqual([[0, 1, 2], [0], [1], [2]]);
});

test("a database in distress refuses all of them at once, then gets one at a time and after each success twice as much", async () => {
  let isAway = true;
  const { groups, store } = aStore(() => (isAway ? new Error("away") : null));
  const storeAll = () => Promise.allSettled([0, 1, 2, 3, 4, 5, 6].map((place) => store(aChunk(place))));
  expect((await storeAll()).every(({ status }) => status === "rejected")).toBe(true);
  isAway = false;
  await storeAll();
  expect(groups).toEqual([[0, 1, 2, 3, 4, 5, 6], [0], [1, 2], [3, 4, 5, 6]]);
});

test("a transaction holds a bounded number of changes, and the gap of a whole entity is stored by itself", async () => {
  const { groups, store } = aStore();
  const sizes = [{ changes: 3000 }, { changes: 3000 }, { changes: 9000 }, { gaps: 1 }, {}, {}];
  await Promise.all(sizes.map((size, place) => store(aChunk(place, size))));
  expect(groups).toEqual([[0], [1], [2], [3], [4, 5]]);
});
