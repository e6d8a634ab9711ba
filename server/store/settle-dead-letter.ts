import type { DeadLetterWriter } from "../services/ports.ts";
import type { Db } from "./client.ts";
import { createDeadLetterReader } from "./dead-letter-list.ts";

export function createDeadLetterWriter(db: Db): DeadLetterWriter {
  return {
    get: createDeadLetterReader(db).get,

    async settle({ topic, partition, offset }, status, attempt) {
      const attempts = JSON.stringify([attempt]);
      const moved = await db.$executeRaw`
        update dead_letter set status = ${status}, attempts = attempts || ${attempts}::jsonb
        where topic = ${topic} and partition = ${partition} and record_offset = ${offset} and status = 'open'`;
      return moved === 1;
    },
  };
}
