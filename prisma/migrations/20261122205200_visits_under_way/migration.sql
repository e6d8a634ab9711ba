-- Since when a vehicle is outside and may be leaving: with it the open visits are all that a line needs to go on.
ALTER TABLE "visit" ADD COLUMN "outside_at" TIMESTAMPTZ(3);
CREATE INDEX "visit_topic_partition_left_at_idx" ON "visit"("topic", "partition", "left_at");
CREATE INDEX "visit_left_at_idx" ON "visit"("left_at");
