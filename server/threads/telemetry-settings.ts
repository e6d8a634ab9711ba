import type { LaneTiming } from "../stream/consume.ts";
import type { KafkaSettings } from "../stream/kafka.ts";

/** What the telemetry lane needs to know; plain data, so that it can be handed to a thread. */
export type TelemetrySettings = {
  kafka: KafkaSettings;
  databaseUrl: string;
  logLevel: string;
  groupId?: string;
  readingsTopic?: string;
  replaysTopic?: string;
  sitesTopic?: string;
  /** Each partition is stored once in this time. */
  checkpointIntervalMs?: number;
  /** Changes are told to the readers this often. */
  changesIntervalMs?: number;
  /** With so many rows that are not stored yet a line takes no more. */
  rowsHardMax?: number;
  timing?: Partial<LaneTiming>;
};
