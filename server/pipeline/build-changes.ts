import type { ChangesRecord } from "./changes-record.ts";
import { Pipeline } from "./pipeline.ts";
import { type DecoderOf, decodeChanges } from "./steps/decode-changes.ts";
import { openReplays } from "./steps/open-replays.ts";

export type ChangesPipelineParts = {
  /** Whether a replayed record of this topic belongs to the changes lane. */
  isMine(topic: string): boolean;
  decoderOf: DecoderOf;
};

/** The steps of the changes lane, in order. Merging happens where the images are: in the transaction of the chunk. */
export function buildChangesPipeline({ isMine, decoderOf }: ChangesPipelineParts) {
  return Pipeline.start<ChangesRecord, ChangesRecord>().pipe(openReplays(isMine)).pipe(decodeChanges(decoderOf));
}

export type ChangesPipeline = ReturnType<typeof buildChangesPipeline>;
