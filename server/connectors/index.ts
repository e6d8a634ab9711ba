import { SITES_TOPIC } from "../contracts/topics.ts";
import { siteRecords } from "./canonical/site-records.ts";
import type { Connector, Source } from "./connector.ts";
import { salesforceCdc } from "./salesforce-cdc/salesforce-cdc.ts";
import { sapQlik } from "./sap-qlik/sap-qlik.ts";

/** Which topics a connector reads. The first group of the pattern is the entity, unless `entity` names it. */
type Route = { pattern: RegExp; connector: Connector; entity?: string };

/** The connectors of the changes lane with their topics: a new one is a folder, a test and a line here. */
const ROUTES: readonly Route[] = [
  { pattern: /^sap\.([A-Za-z0-9_-]+)$/, connector: sapQlik },
  { pattern: /^salesforce\.([A-Za-z]\w*)ChangeEvent$/, connector: salesforceCdc },
  // Custom objects (`X__ChangeEvent`) and custom channels name their objects in the event.
  { pattern: /^salesforce\.(\w+__chn|ChangeEvents)$/, connector: salesforceCdc },
  { pattern: new RegExp(`^${SITES_TOPIC.replace(".", "\\.")}$`), connector: siteRecords, entity: "site" },
];

/** Everything under these names is read by the changes lane, with or without a connector. */
const CHANGES_TOPICS = /^(sap\.|salesforce\.|master\.sites$)/;

export const isChangesTopic = (topic: string): boolean => CHANGES_TOPICS.test(topic);

/** How a topic is read; `null` when no connector knows it. */
export function routeOf(topic: string): { connector: Connector; source: Source } | null {
  for (const { pattern, connector, entity } of ROUTES) {
    const match = pattern.exec(topic);
    if (!match) continue;
    const source = {
      topic,
      lane: "changes",
      connector: connector.name,
      system: connector.system,
      entity: entity ?? match[1]!,
    } as const;
    return { connector, source };
  }
  return null;
}
