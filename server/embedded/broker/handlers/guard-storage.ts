import type { Logger } from "../../../platform/logger.ts";
import { ErrorCode } from "../protocol/error-codes.ts";

/** A full or failing disk is told to the client, which retries; the broker lives on. Any other error is a defect. */
export function guardStorage(logger: Logger, work: () => ErrorCode): ErrorCode {
  try {
    return work();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    logger.error({ err: error }, "cannot write to the data directory");
    return ErrorCode.KAFKA_STORAGE_ERROR;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && "syscall" in error;
}
