import type { Site } from "../../contracts/site.ts";
import type { StoredRecordRef } from "../ports.ts";

/** A site as its source and its edits make it; without a record it is known by a reference or by an admin alone. */
export type StoredSite = Omit<Site, "record"> & { record: StoredRecordRef | null };

/** What an admin has set of a site over what its source says; `null` is "as the source says". */
export type SiteFacts = {
  name: string | null;
  latitude: number | null;
  longitude: number | null;
  timeZone: string | null;
  radiusM: number | null;
};

export const NO_FACTS: SiteFacts = { name: null, latitude: null, longitude: null, timeZone: null, radiusM: null };

export type SiteReader = {
  /** Ascending by id, after `afterId` when it is given. */
  list(options: { afterId: string | null; limit: number }): Promise<StoredSite[]>;
  /** Those of these ids that are known, in any order. */
  get(ids: readonly string[]): Promise<StoredSite[]>;
};

export type SiteWriter = Pick<SiteReader, "get"> & {
  /** Until the transaction ends, nobody else changes sites or fences: what is read stays so. */
  hold(): Promise<void>;
  /** What has been set of these sites, by id; a site nobody edited is not in it. */
  edits(ids: readonly string[]): Promise<Map<string, SiteFacts>>;
  /** Replaces what has been set of each, and raises its version. */
  saveEdits(edits: readonly { id: string; facts: SiteFacts }[], updatedBy: string): Promise<void>;
  /** Makes sites that no source names. One that is there already makes this fail. */
  add(sites: readonly { id: string; kind: string; name: string }[]): Promise<void>;
};
