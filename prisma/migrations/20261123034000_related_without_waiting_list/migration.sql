-- New entries go straight into the index: looking for many related objects would read the whole waiting list for each.
ALTER INDEX "business_object_related_idx" SET (fastupdate = off);
SELECT gin_clean_pending_list('business_object_related_idx');
