import { SITES_TOPIC } from "../contracts/topics.ts";
import { siteRecords } from "./canonical/site-records.ts";
import type { Connector, Source } from "./connector.ts";
import { salesforceCdc } from "./salesforce-cdc/salesforce-cdc.ts";
import { keyColumnsOf } from "./sap-qlik/key-columns.ts";
import { sapQlik } from "./sap-qlik/sap-qlik.ts";

/** What reads a topic, and as what. */
export type Route = { connector: Connector; source: Source };

/** Which topics a connector reads. The first group of the pattern is the entity, unless `entity` names it. */
type NamedRoute = { pattern: RegExp; connector: Connector; entity?: string };

/** The connectors of the changes lane with their topics: a new one is a folder, a test and a line here. */
const ROUTES: readonly NamedRoute[] = [
  { pattern: /^sap\.([A-Za-z0-9_-]+)$/, connector: sapQlik },
  { pattern: /^salesforce\.([A-Za-z]\w*)ChangeEvent$/, connector: salesforceCdc },
  // Custom objects (`X__ChangeEvent`) and custom channels name their objects in the event.
  { pattern: /^salesforce\.(\w+__chn|ChangeEvents)$/, connector: salesforceCdc },
  { pattern: new RegExp(`^${SITES_TOPIC.replace(".", "\\.")}$`), connector: siteRecords, entity: "site" },
];

/** Everything under these names is read by the changes lane, with or without a connector. */
const CHANGES_TOPICS = /^(sap\.|salesforce\.|master\.sites$)/;

export const isChangesTopic = (topic: string): boolean => CHANGES_TOPICS.test(topic);

/** How a topic is read by its name alone; `null` when no connector knows it. */
export function routeOf(topic: string): Route | null {
  for (const { pattern, connector, entity } of ROUTES) {
    const match = pattern.exec(topic);
    if (match) return { connector, source: sourceOf(topic, connector, entity ?? match[1]!) };
  }
  return null;
}

/** The connectors that a topic can be mapped to, with what they may be told to read it as. */
const CONNECTORS: readonly { connector: Connector; isEntity(entity: string): boolean; expected: string }[] = [
  {
    connector: sapQlik,
    isEntity: (entity) => keyColumnsOf(entity) !== undefined,
    expected: "a table whose key columns are known, such as LIKP",
  },
  {
    connector: salesforceCdc,
    isEntity: (entity) => /^[A-Za-z]\w{0,119}$/.test(entity),
    expected: "the API name of an object, such as Order",
  },
  { connector: siteRecords, isEntity: (entity) => entity === "site", expected: "site" },
];

export const connectorNames: readonly string[] = CONNECTORS.map(({ connector }) => connector.name);

/** `null` when there is no such connector. */
export function routeTo(topic: string, connectorName: string, entity: string): Route | null {
  const found = CONNECTORS.find(({ connector }) => connector.name === connectorName);
  return found ? { connector: found.connector, source: sourceOf(topic, found.connector, entity) } : null;
}

/** What the connector would rather be told; `null` when it can read that. */
export function expectedEntity(connectorName: string, entity: string): string | null {
  const found = CONNECTORS.find(({ connector }) => connector.name === connectorName);
  return !found || found.isEntity(entity) ? null : found.expected;
}

function sourceOf(topic: string, { name, system }: Connector, entity: string): Source {
  return { topic, lane: "changes", connector: name, system, entity };
}
