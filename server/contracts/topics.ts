/** The topics of the tower, with what makes them. Everything else that is subscribed comes from `SOURCE_PATTERNS`. */
export const READINGS_TOPIC = "telematics.readings";
export const FAULTS_TOPIC = "telematics.faults";
export const INSPECTIONS_TOPIC = "fleet.inspections";
export const SITES_TOPIC = "master.sites";
export const REPLAYS_TOPIC = "tower.replays";
export const DEAD_LETTERS_TOPIC = "tower.dead-letters";

/** Topics that share partition numbers by vehicle: one member of the group owns partition p of all of them. */
export const VEHICLE_PARTITIONS = 12;

/** Of the topics of SAP tables and of Salesforce objects. */
const CHANGE_PARTITIONS = 6;
const SAP_TABLES = "LIKP LIPS VBAK VBAP VBEP VTTK VTTP VTTS MARA MAKT MARC MARD MATDOC EKKO EKPO EKET KNA1".split(" ");
const CRM_ENTITIES = ["Order", "OrderItem", "Account", "Case"];

export type TopicSpec = { topic: string; partitions: number; config?: Record<string, string> };

/** Made at start where they do not exist; existing topics are left as they are. */
export const OWN_TOPICS: readonly TopicSpec[] = [
  { topic: READINGS_TOPIC, partitions: VEHICLE_PARTITIONS },
  { topic: REPLAYS_TOPIC, partitions: VEHICLE_PARTITIONS },
  { topic: DEAD_LETTERS_TOPIC, partitions: 6 },
  { topic: SITES_TOPIC, partitions: 1 },
  ...SAP_TABLES.map((table) => ({ topic: `sap.${table}`, partitions: CHANGE_PARTITIONS })),
  ...CRM_ENTITIES.map((entity) => ({ topic: `salesforce.${entity}ChangeEvent`, partitions: CHANGE_PARTITIONS })),
];

/** Headers of a record on `tower.replays`: which record it stands for, and of which dead letter. */
export const REPLAY_HEADERS = {
  deadLetter: "wheelhouse.replay.id",
  topic: "wheelhouse.replay.topic",
  partition: "wheelhouse.replay.partition",
  offset: "wheelhouse.replay.offset",
  timestamp: "wheelhouse.replay.timestamp",
} as const;

/** Headers of a record on `tower.dead-letters`. */
export const ERROR_HEADERS = {
  id: "wheelhouse.errors.id",
  topic: "wheelhouse.errors.topic",
  partition: "wheelhouse.errors.partition",
  offset: "wheelhouse.errors.offset",
  stage: "wheelhouse.errors.stage",
  reason: "wheelhouse.errors.reason",
  attempt: "wheelhouse.errors.attempt",
} as const;
