-- The reading that showed a departure, as record_offset is the one that showed the arrival, in the visit's own partition.
ALTER TABLE "visit" ADD COLUMN "left_offset" BIGINT,
ADD COLUMN "left_timestamp" TIMESTAMPTZ(3);
