import type { ChangesRecord, Decoded, DecodedRecord, SourceRecord } from "../changes-record.ts";
import type { Step } from "../step.ts";

/** Reads the records of one topic; `null` when no connector knows the topic. */
export type DecoderOf = (topic: string) => ((record: SourceRecord) => Decoded) | null;

/** Each record by the connector of its topic, contract included: what goes on is known to be whole and storable. */
export function decodeChanges(decoderOf: DecoderOf): Step<ChangesRecord, DecodedRecord, ChangesRecord> {
  return function decodeChangesStep(chunk, exits) {
    const decoded: DecodedRecord[] = [];
    for (const entry of chunk) {
      const decode = decoderOf(entry.record.topic);
      const result: Decoded = decode ? decode(entry.record) : unknownSource(entry.record.topic);
      if (result.kind === "changes") decoded.push({ ...entry, changes: result.changes, gaps: result.gaps });
      else if (result.kind === "ignored") exits.ignore(entry);
      else exits.reject(entry, result.rejection);
    }
    return decoded;
  };
}

function unknownSource(topic: string): Decoded {
  const message = `no connector reads the topic ${topic}`;
  return { kind: "rejected", rejection: { stage: "decode", reason: "unknown_source", message, fields: [] } };
}
