-- Processes of the tower that run lanes, for those that show them: where they are, and when they were last heard of.
CREATE TABLE "tower_process" (
    "id" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "port" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tower_process_pkey" PRIMARY KEY ("id")
);
