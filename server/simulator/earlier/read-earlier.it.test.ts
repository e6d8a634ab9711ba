import { expect, test } from "vitest";
import { OWN_TOPICS } from "../../contracts/topics.ts";
import { startTestBroker } from "../../embedded/broker/testing/start-test-broker.ts";
import { ensureTopics } from "../../stream/kafka.ts";
import type { OutgoingRecord } from "../outgoing.ts";
import { createPublish, EXACT_PRODUCER } from "../publish.ts";
import { aWorld, HOUR_MS, SPARSE, START_MS, textOf } from "../testing.ts";
import { createWorld } from "../world.ts";
import { EARLIER_TOPICS, EarlierBooks } from "./earlier-books.ts";
import { findEarlier } from "./read-earlier.ts";

const settings = aWorld({ vehicles: 40, intervalsMs: SPARSE });

test("a world that was killed is found in the log alone, until it is closed", async () => {
  const { kafka } = await startTestBroker();
  const producer = kafka.producer(EXACT_PRODUCER);
  const admin = kafka.admin();
  await Promise.all([producer.connect(), admin.connect()]);
  await ensureTopics(admin, OWN_TOPICS);
  const publish = createPublish(producer);
  expect(await findEarlier(kafka)).toBeNull();

  const before = createWorld(settings).advanceTo(START_MS + HOUR_MS);
  await publish(before);
  const found = (await findEarlier(kafka))!;
  const startMs = START_MS + HOUR_MS + 1_000;
  const own = createWorld({ ...settings, startMs }).advanceTo(startMs + 10_000);
  await publish(own);
  const books = await found.read();
  expect(closingOf(books, startMs)).toBe(closingOf(booksOf(before), startMs));
  await found.stop();

  const again = (await findEarlier(kafka))!;
  expect(closingOf(await again.read(), startMs)).toBe(closingOf(booksOf([...before, ...own]), startMs));
  await again.closed();

  const later = (await findEarlier(kafka))!;
  const left = await later.read();
  expect(left.rows("VBAK")).toEqual([]);
  expect(sumsOf(left)).toEqual(sumsOf(booksOf([...before, ...own])));
  await later.stop();
  await Promise.all([producer.disconnect(), admin.disconnect()]);
});

function booksOf(records: readonly OutgoingRecord[]): EarlierBooks {
  const books = new EarlierBooks();
  for (const record of records) if (EARLIER_TOPICS.includes(record.topic)) books.take(record);
  return books;
}

const sumsOf = (books: EarlierBooks): string[] =>
  books
    .moved()
    .map(({ row, quantity }) => [row.MATNR, row.WERKS, row.LGORT, row.LBBSA_SID, quantity].join(" "))
    .sort();

/** What another world says while it closes them. Of the order in which partitions were read nothing is told. */
function closingOf(books: EarlierBooks, startMs: number): string {
  const world = createWorld({ ...settings, startMs });
  world.closeEarlier(books);
  const keys = world.advanceTo(startMs + HOUR_MS / 4).filter(({ topic }) => topic !== "sap.MATDOC");
  return textOf(keys.map((record) => ({ ...record, value: "", timestampMs: 0 })))
    .split("\n")
    .sort()
    .join("\n");
}
