import type { Site } from "../../contracts/site.ts";
import type { StoredRecordRef } from "../ports.ts";

/** A site as its source and its edits make it; without a record it is known by a reference or by an admin alone. */
export type StoredSite = Omit<Site, "record"> & { record: StoredRecordRef | null };

export type SiteReader = {
  /** Ascending by id, after `afterId` when it is given. */
  list(options: { afterId: string | null; limit: number }): Promise<StoredSite[]>;
};
