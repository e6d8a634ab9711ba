-- AlterTable
ALTER TABLE "site" ALTER COLUMN "latitude" DROP NOT NULL,
ALTER COLUMN "longitude" DROP NOT NULL,
ALTER COLUMN "topic" DROP NOT NULL,
ALTER COLUMN "partition" DROP NOT NULL,
ALTER COLUMN "record_offset" DROP NOT NULL,
ALTER COLUMN "record_timestamp" DROP NOT NULL;

-- CreateTable
CREATE TABLE "site_edit" (
    "site_id" TEXT NOT NULL,
    "name" TEXT,
    "latitude" DOUBLE PRECISION,
    "longitude" DOUBLE PRECISION,
    "time_zone" TEXT,
    "radius_m" DOUBLE PRECISION,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "site_edit_pkey" PRIMARY KEY ("site_id")
);

-- CreateTable
CREATE TABLE "fence" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "site_id" TEXT,
    "shape" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,
    "deleted_at" TIMESTAMPTZ(3),

    CONSTRAINT "fence_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "business_link" (
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "system" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "key" TEXT NOT NULL,

    CONSTRAINT "business_link_pkey" PRIMARY KEY ("kind","id","system","entity","key")
);

-- CreateTable
CREATE TABLE "business_object" (
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "body" JSONB NOT NULL,
    "related" TEXT[],
    "is_closed" BOOLEAN NOT NULL DEFAULT false,
    "version" BIGINT NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "business_object_pkey" PRIMARY KEY ("kind","id")
);

-- CreateTable
CREATE TABLE "search_term" (
    "term" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,

    CONSTRAINT "search_term_pkey" PRIMARY KEY ("term","kind","id")
);

-- CreateTable
CREATE TABLE "stock_movement" (
    "id" TEXT NOT NULL,
    "client" TEXT NOT NULL,
    "material" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "storage_location" TEXT NOT NULL,
    "stock_type" TEXT NOT NULL,
    "movement_type" TEXT NOT NULL,
    "document" TEXT NOT NULL,
    "quantity" DECIMAL NOT NULL,
    "unit" TEXT NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "delivery_id" TEXT,
    "order_id" TEXT,
    "purchase_order_id" TEXT,
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "stock_level" (
    "client" TEXT NOT NULL,
    "material" TEXT NOT NULL,
    "site" TEXT NOT NULL,
    "storage_location" TEXT NOT NULL,
    "unit" TEXT NOT NULL,
    "unrestricted" DECIMAL NOT NULL DEFAULT 0,
    "quality_inspection" DECIMAL NOT NULL DEFAULT 0,
    "blocked" DECIMAL NOT NULL DEFAULT 0,
    "in_transit" DECIMAL NOT NULL DEFAULT 0,
    "movements" INTEGER NOT NULL DEFAULT 0,
    "snapshot" JSONB,
    "last_movement_at" TIMESTAMPTZ(3),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "stock_level_pkey" PRIMARY KEY ("client","material","site","storage_location")
);

-- CreateTable
CREATE TABLE "visit" (
    "vehicle_id" TEXT NOT NULL,
    "fence_id" TEXT NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "record_offset" BIGINT NOT NULL,
    "record_timestamp" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "visit_pkey" PRIMARY KEY ("vehicle_id","entered_at","fence_id")
);

-- CreateTable
CREATE TABLE "eta_sample" (
    "trip_id" TEXT NOT NULL,
    "stop" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "p50" TIMESTAMPTZ(3) NOT NULL,
    "p90" TIMESTAMPTZ(3) NOT NULL,
    "arrived_at" TIMESTAMPTZ(3),

    CONSTRAINT "eta_sample_pkey" PRIMARY KEY ("trip_id","stop","made_at")
);

-- CreateTable
CREATE TABLE "vehicle_profile" (
    "vehicle_id" TEXT NOT NULL,
    "driver_name" TEXT,
    "driver_phone" TEXT,
    "carrier_name" TEXT,
    "carrier_phone" TEXT,
    "out_of_service" BOOLEAN NOT NULL DEFAULT false,
    "out_of_service_reason" TEXT,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "vehicle_profile_pkey" PRIMARY KEY ("vehicle_id")
);

-- CreateTable
CREATE TABLE "setting" (
    "name" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "setting_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "source_mapping" (
    "topic" TEXT NOT NULL,
    "connector" TEXT NOT NULL,
    "entity" TEXT NOT NULL,
    "enabled" BOOLEAN NOT NULL DEFAULT true,
    "version" INTEGER NOT NULL DEFAULT 1,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_by" TEXT NOT NULL,

    CONSTRAINT "source_mapping_pkey" PRIMARY KEY ("topic")
);

-- CreateTable
CREATE TABLE "api_key" (
    "id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "prefix" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3),
    "last_used_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),
    "revoked_by" TEXT,

    CONSTRAINT "api_key_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "invitation" (
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "created_by" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "accepted_at" TIMESTAMPTZ(3),
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invitation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "saved_view" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "page" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "query" TEXT NOT NULL,
    "is_shared" BOOLEAN NOT NULL DEFAULT false,
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "saved_view_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "handover_note" (
    "id" TEXT NOT NULL,
    "author_id" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "body" TEXT NOT NULL,
    "links" JSONB NOT NULL DEFAULT '[]',
    "version" INTEGER NOT NULL DEFAULT 1,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "handover_note_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "export_job" (
    "id" TEXT NOT NULL,
    "owner_id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "params" JSONB NOT NULL,
    "status" TEXT NOT NULL DEFAULT 'queued',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "rows_total" INTEGER,
    "bytes" BIGINT NOT NULL DEFAULT 0,
    "error" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "export_job_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "business_link_system_entity_key_idx" ON "business_link"("system", "entity", "key");

-- CreateIndex
CREATE INDEX "business_object_related_idx" ON "business_object" USING GIN ("related");

-- CreateIndex
CREATE INDEX "business_object_kind_is_closed_idx" ON "business_object"("kind", "is_closed");

-- CreateIndex
CREATE INDEX "search_term_kind_id_idx" ON "search_term"("kind", "id");

-- CreateIndex
CREATE INDEX "stock_movement_client_material_site_posted_at_idx" ON "stock_movement"("client", "material", "site", "posted_at");

-- CreateIndex
CREATE INDEX "visit_fence_id_entered_at_idx" ON "visit"("fence_id", "entered_at");

-- CreateIndex
CREATE INDEX "visit_entered_at_idx" ON "visit"("entered_at");

-- CreateIndex
CREATE INDEX "eta_sample_made_at_idx" ON "eta_sample"("made_at");

-- CreateIndex
CREATE UNIQUE INDEX "api_key_hash_key" ON "api_key"("hash");

-- CreateIndex
CREATE UNIQUE INDEX "invitation_hash_key" ON "invitation"("hash");

-- CreateIndex
CREATE INDEX "invitation_email_idx" ON "invitation"("email");

-- CreateIndex
CREATE INDEX "saved_view_page_is_shared_idx" ON "saved_view"("page", "is_shared");

-- CreateIndex
CREATE UNIQUE INDEX "saved_view_owner_id_page_name_key" ON "saved_view"("owner_id", "page", "name");

-- CreateIndex
CREATE INDEX "handover_note_created_at_idx" ON "handover_note"("created_at");

-- CreateIndex
CREATE INDEX "export_job_owner_id_created_at_idx" ON "export_job"("owner_id", "created_at");


-- Found by how it begins, in any language of the database.
CREATE INDEX "search_term_prefix" ON "search_term" ((lower("term")) text_pattern_ops);
