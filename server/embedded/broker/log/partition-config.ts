/** What of a topic's configuration a partition log goes by; -1 means without limit. */
export type PartitionConfig = {
  retentionMs: number;
  retentionBytes: number;
  segmentBytes: number;
  messageBytesMax: number;
  timestampType: "CreateTime" | "LogAppendTime";
};
