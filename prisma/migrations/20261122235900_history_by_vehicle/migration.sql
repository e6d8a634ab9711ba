-- When a segment was stored: the works that sort it by vehicle wait until nobody adds to its quarter hour.
ALTER TABLE "history_segment" ADD COLUMN "stored_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;

-- CreateTable
CREATE TABLE "history_chunk" (
    "day" DATE NOT NULL,
    "lane" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "first_vehicle" INTEGER NOT NULL,
    "last_vehicle" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "min_time" TIMESTAMPTZ(3) NOT NULL,
    "max_time" TIMESTAMPTZ(3) NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "history_chunk_pkey" PRIMARY KEY ("day","lane","partition","run","part")
) PARTITION BY RANGE ("day");

-- Days without a part of their own land here.
CREATE TABLE parts.history_chunk_default PARTITION OF "history_chunk" DEFAULT;

-- What is packed already is not packed again.
ALTER TABLE "history_chunk" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "history_identity" (
    "lane" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "run" INTEGER NOT NULL,
    "part" INTEGER NOT NULL,
    "min_time" TIMESTAMPTZ(3) NOT NULL,
    "max_time" TIMESTAMPTZ(3) NOT NULL,
    "recorded_to" TIMESTAMPTZ(3) NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "history_identity_pkey" PRIMARY KEY ("lane","partition","run","part")
);
ALTER TABLE "history_identity" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "history_keyframe" (
    "lane" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "run" INTEGER NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "history_keyframe_pkey" PRIMARY KEY ("lane","partition","at")
);
ALTER TABLE "history_keyframe" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "retention_run" (
    "kind" TEXT NOT NULL,
    "kept_from" TIMESTAMPTZ(3) NOT NULL,
    "removed" BIGINT NOT NULL DEFAULT 0,
    "removed_last" BIGINT NOT NULL DEFAULT 0,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "retention_run_pkey" PRIMARY KEY ("kind")
);

-- CreateIndex
CREATE INDEX "history_chunk_lane_partition_max_time_min_time_first_vehicl_idx" ON "history_chunk"("lane", "partition", "max_time", "min_time", "first_vehicle", "last_vehicle");

-- CreateIndex
CREATE INDEX "history_chunk_lane_partition_run_idx" ON "history_chunk"("lane", "partition", "run");

-- CreateIndex
CREATE INDEX "history_identity_lane_partition_max_time_idx" ON "history_identity"("lane", "partition", "max_time");

-- CreateIndex
CREATE INDEX "cdc_change_commit_time_idx" ON "cdc_change" USING BRIN ("commit_time");
