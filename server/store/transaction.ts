import type { RunTransaction } from "../services/ports.ts";
import { createApiKeyWriter } from "./api-keys.ts";
import { createAudit, createAuditAll } from "./audit.ts";
import type { Database } from "./client.ts";
import { createExportWriter } from "./exports.ts";
import { createFenceWriter } from "./fences.ts";
import { createNoteWriter } from "./handover-notes.ts";
import { queueRecords } from "./outbox.ts";
import { createPersonWriter } from "./people.ts";
import { createViewWriter } from "./saved-views.ts";
import { createSettingWriter } from "./settings.ts";
import { createDeadLetterWriter } from "./settle-dead-letter.ts";
import { createSiteWriter } from "./site-edits.ts";
import { createSourceMappingWriter } from "./source-mapping.ts";
import { createVehicleProfileWriter } from "./vehicle-profiles.ts";

/** Verbs write here: all of it or nothing, with its audit entry and what it sends. */
export function createRunTransaction(database: Database): RunTransaction {
  return (work) =>
    database.$transaction(
      (db) =>
        work({
          deadLetters: createDeadLetterWriter(db),
          sourceMapping: createSourceMappingWriter(db),
          people: createPersonWriter(db),
          apiKeys: createApiKeyWriter(db),
          exports: createExportWriter(db),
          views: createViewWriter(db),
          notes: createNoteWriter(db),
          settings: createSettingWriter(db),
          queue: (records) => queueRecords(db, records),
          sites: createSiteWriter(db),
          fences: createFenceWriter(db),
          vehicleProfiles: createVehicleProfileWriter(db),
          audit: createAudit(db),
          auditAll: createAuditAll(db),
        }),
      { maxWait: 5_000, timeout: 10_000 },
    );
}
