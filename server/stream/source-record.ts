import type { IHeaders, KafkaMessage } from "kafkajs";
import type { SourceRecord } from "../pipeline/changes-record.ts";
import { recordTimeMs } from "../pipeline/record-time.ts";

/** A message of kafkajs as the lanes know records: offsets of 64 bits, headers as text. */
export function toSourceRecord(topic: string, partition: number, message: KafkaMessage): SourceRecord {
  return {
    topic,
    partition,
    offset: BigInt(message.offset),
    timestampMs: recordTimeMs(message.timestamp),
    key: message.key,
    value: message.value,
    headers: textHeaders(message.headers ?? {}),
  };
}

/** Of a header that is given more than once, the last counts: it was added by whoever handled the record last. */
function textHeaders(headers: IHeaders): Record<string, string> {
  const texts: [string, string][] = [];
  for (const [name, value] of Object.entries(headers)) {
    const last = Array.isArray(value) ? value.at(-1) : value;
    if (last !== undefined) texts.push([name, last.toString()]);
  }
  return Object.fromEntries(texts);
}
