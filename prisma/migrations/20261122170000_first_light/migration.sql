-- CreateSchema
CREATE SCHEMA IF NOT EXISTS "public";

-- CreateTable
CREATE TABLE "consumer_offset" (
    "lane" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "epoch" BIGINT NOT NULL DEFAULT 0,
    "next_offset" BIGINT NOT NULL DEFAULT 0,
    "last_hash" INTEGER,
    "sequence" INTEGER NOT NULL DEFAULT 0,
    "counters" JSONB NOT NULL DEFAULT '{}',
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "consumer_offset_pkey" PRIMARY KEY ("lane","topic","partition")
);

-- CreateTable
CREATE TABLE "checkpoint" (
    "lane" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "vehicles" BYTEA NOT NULL,
    "state" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "checkpoint_pkey" PRIMARY KEY ("lane","partition")
);

ALTER TABLE "checkpoint" ALTER COLUMN "state" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "history_segment" (
    "day" DATE NOT NULL,
    "lane" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "sequence" INTEGER NOT NULL,
    "rows" INTEGER NOT NULL,
    "min_time" TIMESTAMPTZ(3) NOT NULL,
    "max_time" TIMESTAMPTZ(3) NOT NULL,
    "packed" BOOLEAN NOT NULL,
    "data" BYTEA NOT NULL,

    CONSTRAINT "history_segment_pkey" PRIMARY KEY ("day","lane","partition","sequence")
) PARTITION BY RANGE ("day");

-- The daily parts live in a schema of their own, made and dropped by the retention job. Readings outside them go to the default part.
CREATE SCHEMA IF NOT EXISTS parts;
CREATE TABLE parts.history_segment_default PARTITION OF "history_segment" DEFAULT;

-- Packed bytes are not worth compressing again.
ALTER TABLE "history_segment" ALTER COLUMN "data" SET STORAGE EXTERNAL;

-- CreateTable
CREATE TABLE "cdc_change" (
    "id" BIGSERIAL NOT NULL,
    "system" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "position" TEXT NOT NULL,
    "operation" TEXT NOT NULL,
    "commit_time" TIMESTAMPTZ(3) NOT NULL,
    "fields" JSONB NOT NULL,
    "late" BOOLEAN NOT NULL DEFAULT false,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cdc_change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "cdc_snapshot" (
    "system" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "image" JSONB NOT NULL,
    "positions" JSONB NOT NULL,
    "deleted" BOOLEAN NOT NULL DEFAULT false,
    "stale" BOOLEAN NOT NULL DEFAULT false,
    "position" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cdc_snapshot_pkey" PRIMARY KEY ("system","entity","key")
);

-- CreateTable
CREATE TABLE "site" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "latitude" DOUBLE PRECISION NOT NULL,
    "longitude" DOUBLE PRECISION NOT NULL,
    "time_zone" TEXT,
    "radius_m" DOUBLE PRECISION,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "site_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "dead_letter" (
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,
    "lane" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "stage" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "fields" JSONB NOT NULL,
    "key" BYTEA,
    "value" BYTEA,
    "headers" JSONB NOT NULL,
    "size_bytes" INTEGER NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'open',
    "attempts" JSONB NOT NULL DEFAULT '[]',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "dead_letter_pkey" PRIMARY KEY ("topic","partition","record_offset")
);

-- CreateTable
CREATE TABLE "outbox" (
    "id" BIGSERIAL NOT NULL,
    "topic" TEXT NOT NULL,
    "target_partition" INTEGER,
    "key" BYTEA,
    "value" BYTEA,
    "headers" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "outbox_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "audit_entry" (
    "id" BIGSERIAL NOT NULL,
    "time" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "before" JSONB,
    "after" JSONB,

    CONSTRAINT "audit_entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "user" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "email_verified" BOOLEAN NOT NULL DEFAULT false,
    "image" TEXT,
    "role" TEXT NOT NULL DEFAULT 'planner',
    "banned" BOOLEAN DEFAULT false,
    "ban_reason" TEXT,
    "ban_expires" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "user_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "token" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ip_address" TEXT,
    "user_agent" TEXT,
    "impersonated_by" TEXT,
    "user_id" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "account" (
    "id" TEXT NOT NULL,
    "account_id" TEXT NOT NULL,
    "provider_id" TEXT NOT NULL,
    "user_id" TEXT NOT NULL,
    "access_token" TEXT,
    "refresh_token" TEXT,
    "id_token" TEXT,
    "access_token_expires_at" TIMESTAMPTZ(3),
    "refresh_token_expires_at" TIMESTAMPTZ(3),
    "scope" TEXT,
    "password" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "verification" (
    "id" TEXT NOT NULL,
    "identifier" TEXT NOT NULL,
    "value" TEXT NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "verification_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "history_segment_lane_partition_sequence_idx" ON "history_segment"("lane", "partition", "sequence");

-- CreateIndex
CREATE INDEX "history_segment_partition_max_time_min_time_idx" ON "history_segment"("partition", "max_time", "min_time");

-- CreateIndex
CREATE INDEX "cdc_change_system_entity_key_id_idx" ON "cdc_change"("system", "entity", "key", "id");

-- CreateIndex
CREATE UNIQUE INDEX "cdc_change_system_entity_key_position_key" ON "cdc_change"("system", "entity", "key", "position");

-- CreateIndex
CREATE INDEX "dead_letter_created_at_topic_partition_record_offset_idx" ON "dead_letter"("created_at", "topic", "partition", "record_offset");

-- CreateIndex
CREATE INDEX "dead_letter_status_created_at_idx" ON "dead_letter"("status", "created_at");

-- CreateIndex
CREATE INDEX "audit_entry_time_idx" ON "audit_entry"("time");

-- CreateIndex
CREATE INDEX "audit_entry_subject_time_idx" ON "audit_entry"("subject", "time");

-- CreateIndex
CREATE UNIQUE INDEX "user_email_key" ON "user"("email");

-- CreateIndex
CREATE UNIQUE INDEX "session_token_key" ON "session"("token");

-- CreateIndex
CREATE INDEX "session_user_id_idx" ON "session"("user_id");

-- CreateIndex
CREATE INDEX "account_user_id_idx" ON "account"("user_id");

-- CreateIndex
CREATE INDEX "verification_identifier_idx" ON "verification"("identifier");

-- AddForeignKey
ALTER TABLE "session" ADD CONSTRAINT "session_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "account" ADD CONSTRAINT "account_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "user"("id") ON DELETE CASCADE ON UPDATE CASCADE;

