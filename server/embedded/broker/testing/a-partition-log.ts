import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pino from "pino";
import { onTestFinished } from "vitest";
import type { PartitionConfig } from "../log/partition-config.ts";
import { PartitionLog, type PartitionLogOptions } from "../log/partition-log.ts";
import { ErrorCode } from "../protocol/error-codes.ts";

export const silentLogger = pino({ level: "silent" });

/** A directory that goes when the test ends. */
export function aDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), "wheelhouse-broker-test-"));
  onTestFinished(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

export type PartitionLogWish = Partial<Omit<PartitionLogOptions, "config">> & { config?: Partial<PartitionConfig> };

export function aPartitionLog({ config, ...wish }: PartitionLogWish = {}): PartitionLog {
  return new PartitionLog({
    directory: wish.directory ?? aDirectory(),
    clock: Date.now,
    logger: silentLogger,
    ...wish,
    config: {
      retentionMs: -1,
      retentionBytes: -1,
      segmentBytes: 1024 * 1024,
      messageBytesMax: 1024 * 1024,
      timestampType: "CreateTime",
      ...config,
    },
  });
}

export const noTransaction = () => ErrorCode.INVALID_TXN_STATE;
export const anyTransaction = () => ErrorCode.NONE;
