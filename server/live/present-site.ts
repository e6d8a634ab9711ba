import type { Site } from "../contracts/site.ts";
import type { StoredSite } from "../services/site/port.ts";
import { presentRecord } from "./present-record.ts";

export function presentSite(site: StoredSite): Site {
  return { ...site, record: site.record && presentRecord(site.record) };
}
