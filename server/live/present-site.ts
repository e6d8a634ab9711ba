import type { Site } from "../contracts/site.ts";
import type { StoredSite } from "../services/ports.ts";
import { presentRecord } from "./present-record.ts";

export function presentSite(site: StoredSite): Site {
  return { ...site, record: presentRecord(site.record) };
}
