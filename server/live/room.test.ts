import { expect, test } from "vitest";
import { LiveRoom } from "./room.ts";

type Thing = { id: string; version: number };
const aRoom = () => new LiveRoom<{ changed: Thing; trips: Thing }>({ epoch: 7, lists: ["changed", "trips"] });
const thing = (id: string, version = 1): Thing => ({ id, version });

test("what changed between two events leaves once, as it is by then", () => {
  const room = aRoom();
  room.tell("changed", thing("a", 1));
  room.tell("changed", thing("a", 2));
  room.tell("trips", thing("t"));
  expect(room.flush()).toEqual({ epoch: 7, seq: 1, changed: [thing("a", 2)], trips: [thing("t")], gone: [] });
});

test("a room in which nothing changed sends nothing and takes no number", () => {
  const room = aRoom();
  expect(room.flush()).toBeNull();
  room.leave("a");
  expect(room.flush()).toMatchObject({ seq: 1, changed: [], gone: ["a"] });
  expect(room.flush()).toBeNull();
});

test("what left and came back is changed, what changed and left is gone: never both", () => {
  const room = aRoom();
  room.leave("back");
  room.tell("changed", thing("back"));
  room.tell("changed", thing("away"));
  room.leave("away");
  expect(room.flush()).toMatchObject({ changed: [thing("back")], gone: ["away"] });
});

test("who comes back is told exactly the events after the number it holds", () => {
  const room = aRoom();
  for (const id of ["a", "b", "c"]) {
    room.tell("changed", thing(id));
    room.flush();
  }
  const { seq, events } = room.since({ epoch: 7, seq: 1 });
  expect(seq).toBe(3);
  expect(events?.map((event) => [event.seq, event.changed[0]?.id])).toEqual([
    [2, "b"],
    [3, "c"],
  ]);
  expect(room.since({ epoch: 7, seq: 3 }).events).toEqual([]);
});

test("without a number, of another epoch, or from a number of the future, only a whole picture helps", () => {
  const room = aRoom();
  room.tell("changed", thing("a"));
  room.flush();
  for (const asked of [{}, { seq: 1 }, { epoch: 6, seq: 1 }, { epoch: 7, seq: 2 }])
    expect(room.since(asked)).toEqual({ epoch: 7, seq: 1, events: null });
});

test("a number older than what is kept is answered with a whole picture, and memory stays bounded", () => {
  const room = aRoom();
  for (let n = 1; n <= 300; n++) {
    room.tell("changed", thing(`a${n}`));
    room.flush();
  }
  expect(room.since({ epoch: 7, seq: 10 }).events).toBeNull();
  expect(room.since({ epoch: 7, seq: 290 }).events).toHaveLength(10);
});

test("one event larger than all that may be kept is sent, and asks those who missed it for a picture", () => {
  const room = aRoom();
  for (let n = 0; n < 25_000; n++) room.tell("changed", thing(`a${n}`));
  expect(room.flush()?.changed).toHaveLength(25_000);
  expect(room.since({ epoch: 7, seq: 0 }).events).toBeNull();
  room.tell("changed", thing("later"));
  room.flush();
  expect(room.since({ epoch: 7, seq: 1 }).events).toHaveLength(1);
});
