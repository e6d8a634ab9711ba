"use client";

import type { RecordRef } from "@/server/contracts/record-ref.ts";
import { useFormats } from "./preferences.tsx";

/** Where a fact came from: topic, partition and offset of one record of the log. */
export function Source({ topic, partition, offset }: Pick<RecordRef, "topic" | "partition" | "offset">) {
  const formats = useFormats();
  return (
    <span className="mono dim">
      {topic} <span className="faint nowrap">{formats.place(partition, offset)}</span>
    </span>
  );
}
