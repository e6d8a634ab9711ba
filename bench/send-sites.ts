import type { SiteRecord } from "../server/contracts/site.ts";
import { SITES_TOPIC } from "../server/contracts/topics.ts";
import { roll } from "./prepared-batch.ts";
import { openRawProducer } from "./raw-producer.ts";
import { AREA } from "./reading.ts";
import { encodeBatch } from "./record-batch.ts";

const SITES = 400;

/** Sites among the vehicles, so that positions are compared with fences as they are in earnest. */
export async function sendSites(broker: string): Promise<void> {
  const sites = Array.from({ length: SITES }, (_, number): SiteRecord => {
    return {
      schema: "site.v1",
      siteId: `S${String(number).padStart(3, "0")}`,
      kind: "warehouse",
      name: `Warehouse ${number}`,
      latitude: AREA.south + roll((AREA.north - AREA.south) * 1e6) / 1e6,
      longitude: AREA.west + roll((AREA.east - AREA.west) * 1e6) / 1e6,
      radiusM: 500,
    };
  });
  const producer = await openRawProducer(broker, SITES_TOPIC);
  const records = sites.map((site) => ({ key: site.siteId, value: JSON.stringify(site) }));
  await producer.send([{ partition: 0, batch: encodeBatch(records, Date.now()) }]);
  producer.close();
}
