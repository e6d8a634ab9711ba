-- CreateTable
CREATE TABLE "projection_refold" (
    "version" INTEGER NOT NULL,
    "after_system" TEXT NOT NULL DEFAULT '',
    "after_entity" TEXT NOT NULL DEFAULT '',
    "after_key" TEXT NOT NULL DEFAULT '',
    "rows" INTEGER NOT NULL DEFAULT 0,
    "started_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "projection_refold_pkey" PRIMARY KEY ("version")
);

-- These rows change often and their indexed columns seldom do: with room on its page a new version leaves every index alone.
ALTER TABLE "business_object" SET (fillfactor = 60);
ALTER TABLE "stock_level" SET (fillfactor = 60);
ALTER TABLE "consumer_offset" SET (fillfactor = 50);
