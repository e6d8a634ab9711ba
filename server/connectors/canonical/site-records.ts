import { SiteRecord } from "../../contracts/site.ts";
import {
  type Connector,
  changesOf,
  IGNORED,
  readObject,
  type SourceRecord,
  unstorable,
  violates,
} from "../connector.ts";

/** Skips a byte order mark, as the lossless reading does. */
const utf8 = new TextDecoder();

/**
 * Sites in the tower's own shape. Every record is the whole site, so a newer one replaces all of it; a tombstone
 * deletes the site its key names. The order is that of the log: a site's records share a partition.
 */
export const siteRecords: Connector = {
  name: "canonical",
  system: "master",
  decode(record) {
    if (record.value === null) return tombstone(record);
    const read = readObject(record.value);
    if ("left" in read) return read.left;
    // The contract wants numbers, which the lossless reading turned into text.
    const site = SiteRecord.safeParse(JSON.parse(utf8.decode(record.value)));
    if (!site.success) {
      return violates(
        site.error.issues.map((issue) => ({ path: `/${issue.path.join("/")}`, expected: inWords(issue.message) })),
      );
    }
    const failing = unstorable(read.object, "");
    if (failing.length > 0) return violates(failing);
    return changesOf([{ ...rowOf(site.data.siteId, record), operation: "read", fields: read.object }]);
  },
};

/** "Invalid input: expected number, received string" says it twice beside a path. */
const inWords = (message: string): string => message.replace(/^Invalid (input|option): expected /, "");

function tombstone(record: SourceRecord) {
  const siteId = record.key === null ? "" : Buffer.from(record.key).toString("utf8");
  const failing = unstorable(siteId, "");
  if (siteId === "" || siteId.length > 64 || failing.length > 0) return IGNORED;
  return changesOf([{ ...rowOf(siteId, record), operation: "delete" as const, fields: {} }]);
}

function rowOf(siteId: string, { topic, partition, offset, timestampMs }: SourceRecord) {
  return {
    system: "master",
    entity: "site",
    key: siteId,
    position: String(offset).padStart(20, "0"),
    commitTimeMs: timestampMs,
    record: { topic, partition, offset, timestampMs },
  };
}
