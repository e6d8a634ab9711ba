-- CreateIndex
CREATE INDEX "cdc_snapshot_system_entity_updated_at_idx" ON "cdc_snapshot"("system", "entity", "updated_at");

-- Rows are found by how their key begins, as people type it: without the client of SAP and without zeros in front.
CREATE INDEX "cdc_snapshot_search" ON "cdc_snapshot" (
    "system",
    "entity",
    (regexp_replace(CASE WHEN "system" = 'sap' THEN substr("key", strpos("key", '|') + 1) ELSE "key" END, '(^|\|)0+(?=[^|])', '\1', 'g')) text_pattern_ops
);
