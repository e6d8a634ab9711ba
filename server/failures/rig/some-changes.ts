import type { Random } from "../../simulator/random.ts";
import type { Message } from "../../stream/kafka.ts";

/** Of changes; each row's changes keep to one partition, as a source keyed by row sends them. */
export const CHANGE_PARTITIONS = 2;
export const CHANGE_TOPICS = ["sap.LIKP", "sap.MATDOC", "salesforce.OrderChangeEvent"] as const;
export type ChangeTopic = (typeof CHANGE_TOPICS)[number];
export type PlacedMessage = Message & { partition: number };

const ROWS = 12;
const COMMIT_MS = 1_787_133_601_000;

const sequence = (n: number): string => `2026081914300100${String(n).padStart(19, "0")}`;

export function aSapChange(operation: string, n: number, data: object): Message {
  const headers = { operation, changeSequence: sequence(n), timestamp: "2026-08-19T14:30:01.000" };
  return { value: JSON.stringify({ message: { data, headers } }) };
}

function anOrderEvent(row: number, n: number, changeType: string, fields: object): Message {
  const ChangeEventHeader = {
    ...{ entityName: "Order", recordIds: [`8015g00000Xk2${String(row).padStart(5, "0")}`], changeType },
    ...{ commitTimestamp: COMMIT_MS, commitNumber: n, sequenceNumber: 1 },
  };
  return { value: JSON.stringify({ payload: { ChangeEventHeader, ...fields }, event: { replayId: n } }) };
}

/** Deliveries, orders and stock movements whose changes are partial, late, repeated, and sometimes torn. */
export function someChanges(random: Random) {
  const sent = new Map<string, Message[]>();
  let n = 1000;
  const used = new Set<number>();

  /** The source's own order: seldom a place long before the newest, which no other change has. */
  function nextPlace(): number {
    n += 10;
    const place = random.chance(0.08) ? n - random.whole(11, 500) : n;
    if (used.has(place)) return nextPlace();
    used.add(place);
    return place;
  }

  function delivery(row: number): Message {
    const key = { MANDT: "100", VBELN: `00800${String(row).padStart(5, "0")}` };
    const chance = random.next();
    if (chance < 0.04) return aSapChange("DELETE", nextPlace(), key);
    const whole = { ...key, LFART: "LF", WADAT: `2026082${row % 10}`, BTGEW: `${n}.500` };
    if (chance < 0.14) return aSapChange("INSERT", nextPlace(), whole);
    return aSapChange("UPDATE", nextPlace(), { ...key, [random.pick(["LFART", "BTGEW", "ROUTE"])]: String(n) });
  }

  function order(row: number): Message {
    const fields = { [random.pick(["Status", "Description"])]: `is ${n}` };
    return anOrderEvent(row, nextPlace(), random.chance(0.1) ? "CREATE" : "UPDATE", fields);
  }

  /** Each is a line of its own; the ledger is their sum. */
  function movement(row: number): Message {
    const place = nextPlace();
    return aSapChange("INSERT", place, {
      ...{ MANDT: "100", MBLNR: String(4_900_000_000 + place), MJAHR: "2026", ZEILE: "1", RECORD_TYPE: "MDOC" },
      ...{
        MATNR: String(104_000 + row),
        WERKS: "1010",
        LGORT: "0001",
        MEINS: "EA",
        BUDAT: "20260819",
        CPUTM: "143001",
      },
      ...{ MENGE: `${random.whole(1, 500)}.250`, SHKZG: random.pick(["S", "S", "H"]), BWART: "101" },
    });
  }

  const makers = { "sap.LIKP": delivery, "sap.MATDOC": movement, "salesforce.OrderChangeEvent": order };

  function next(topic: ChangeTopic): PlacedMessage {
    const row = random.whole(0, ROWS);
    const partition = row % CHANGE_PARTITIONS;
    const before = sent.get(`${topic} ${row}`) ?? [];
    const chance = random.next();
    if (chance < 0.05) return { partition, value: '{"message":{"data":' };
    if (chance < 0.15 && before.length > 0) return { partition, ...random.pick(before) };
    const message = makers[topic](row);
    sent.set(`${topic} ${row}`, [...before, message]);
    return { partition, ...message };
  }

  return {
    round: (records = 20): { topic: ChangeTopic; messages: PlacedMessage[] }[] =>
      CHANGE_TOPICS.map((topic) => ({ topic, messages: Array.from({ length: records }, () => next(topic)) })),
  };
}
