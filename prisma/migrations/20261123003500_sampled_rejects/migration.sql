-- Rejected records beyond what is kept of one reason and partition in a minute: counted, so that a flood fills nothing.
CREATE TABLE "dead_letter_surplus" (
    "topic" TEXT NOT NULL,
    "partition" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "minute" TIMESTAMPTZ(3) NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "dead_letter_surplus_pkey" PRIMARY KEY ("topic", "partition", "reason", "minute")
);
CREATE INDEX "dead_letter_surplus_minute_idx" ON "dead_letter_surplus"("minute");

-- Up to where rejected records are stored or counted: ahead of the offset, so that a crash between the two counts nothing twice.
ALTER TABLE "consumer_offset" ADD COLUMN "rejects_to" BIGINT NOT NULL DEFAULT 0;
UPDATE "consumer_offset" SET "rejects_to" = "next_offset";
