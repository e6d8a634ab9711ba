import type { Contract } from "../contracts/contract.ts";
import type { FailingField } from "../contracts/dead-letter.ts";
import type { TopicMapping } from "../contracts/source.ts";
import { READINGS_TOPIC } from "../contracts/topics.ts";
import type { Change } from "../domain/change.ts";
import type { Rejection } from "../pipeline/step.ts";
import { IdTable } from "../pipeline/telemetry/id-table.ts";
import { ReadingRows } from "../pipeline/telemetry/reading-rows.ts";
import { parseLossless } from "../platform/lossless.ts";
import { CanonicalReadings } from "./canonical/readings.ts";
import { isObject } from "./connector.ts";
import { contractOf } from "./contracts/index.ts";
import { mapRoutes } from "./mapped-routes.ts";

/** A record with where it stands, as it is kept when it was rejected. */
type Tried = {
  record: { topic: string; partition: number; offset: bigint; timestamp: Date };
  key: Uint8Array | null;
  value: Uint8Array | null;
  headers: Record<string, string>;
};

type Verdict = {
  outcome: "fits" | "ignored" | "rejected";
  reason: string | null;
  message: string | null;
  failing: FailingField[];
  changes: Change[];
  vehicleId: string | null;
};

export type RecordTrial = Verdict & { contract: Contract | null; document: unknown; rowPath: string | null };

const NOTHING: Omit<Verdict, "outcome"> = { reason: null, message: null, failing: [], changes: [], vehicleId: null };

/** Reads a record as its lane would now, with the very same code, and stores nothing. */
export function tryRecord(tried: Tried, mappings: readonly TopicMapping[]): RecordTrial {
  const document = documentOf(tried.value);
  if (tried.record.topic === READINGS_TOPIC) {
    const contract = contractOf("canonical", "reading");
    return { ...tryReading(tried, document), contract, document, rowPath: isObject(document) ? "" : null };
  }
  const route = mapRoutes(mappings).routeOf(tried.record.topic);
  if (!route) {
    const message = `no connector reads the topic ${tried.record.topic}`;
    const verdict = { ...NOTHING, outcome: "rejected" as const, reason: "unknown_source", message };
    return { ...verdict, contract: null, document, rowPath: null };
  }
  const { connector, entity } = route.source;
  const { topic, partition, offset, timestamp } = tried.record;
  const source = { topic, partition, offset, timestampMs: timestamp.getTime() };
  const decoded = route.connector.decode({ ...tried, ...source }, entity);
  const named = decoded.kind === "changes" ? decoded.changes[0]?.entity : undefined;
  const contract = contractOf(connector, named ?? entity);
  const place = { contract, document, rowPath: rowPathOf(connector, document) };
  if (decoded.kind === "rejected") return { ...rejectedBy(decoded.rejection), ...place };
  if (decoded.kind === "ignored") return { ...NOTHING, outcome: "ignored", ...place };
  return { ...NOTHING, outcome: "fits", changes: decoded.changes, ...place };
}

function tryReading({ value, record }: Tried, document: unknown): Verdict {
  if (value === null) return { ...NOTHING, outcome: "ignored" };
  const rows = new ReadingRows(1);
  const rejection = new CanonicalReadings().read(Buffer.from(value), record.timestamp.getTime(), rows, new IdTable());
  const vehicleId = isObject(document) && typeof document.vehicleId === "string" ? document.vehicleId : null;
  return rejection ? rejectedBy(rejection) : { ...NOTHING, outcome: "fits", vehicleId };
}

function rejectedBy({ reason, message, fields }: Rejection): Verdict {
  return { ...NOTHING, outcome: "rejected", reason, message, failing: fields };
}

function documentOf(value: Uint8Array | null): unknown {
  if (value === null) return undefined;
  try {
    return parseLossless(new TextDecoder("utf-8", { fatal: true }).decode(value));
  } catch {
    return undefined; // no JSON, which the connector says in its own words
  }
}

/** Where in the record the row stands, by the envelope of its format. */
function rowPathOf(connector: string, document: unknown): string | null {
  if (!isObject(document)) return null;
  if (connector === "salesforce-cdc") return isObject(document.payload) ? "/payload" : null;
  if (connector !== "sap-qlik") return "";
  const prefix = isObject(document.message) ? "/message" : "";
  const inner = isObject(document.message) ? document.message : document;
  const name = ["data", "beforeData"].find((each) => isObject(inner[each]));
  return name === undefined ? null : `${prefix}/${name}`;
}
