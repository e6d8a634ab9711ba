-- The whole ledger is read in the order of its postings by exports.
CREATE INDEX "stock_movement_posted_at_id_idx" ON "stock_movement"("posted_at", "id");
