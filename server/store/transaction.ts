import type { RunTransaction } from "../services/ports.ts";
import { createApiKeyWriter } from "./api-keys.ts";
import { createAudit } from "./audit.ts";
import type { Database } from "./client.ts";
import { queueRecords } from "./outbox.ts";
import { createPersonWriter } from "./people.ts";
import { createDeadLetterWriter } from "./settle-dead-letter.ts";

/** Verbs write here: all of it or nothing, with its audit entry and what it sends. */
export function createRunTransaction(database: Database): RunTransaction {
  return (work) =>
    database.$transaction(
      (db) =>
        work({
          deadLetters: createDeadLetterWriter(db),
          people: createPersonWriter(db),
          apiKeys: createApiKeyWriter(db),
          queue: (records) => queueRecords(db, records),
          audit: createAudit(db),
        }),
      { maxWait: 5_000, timeout: 10_000 },
    );
}
