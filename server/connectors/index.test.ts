import { expect, test } from "vitest";
import { isChangesTopic, routeOf } from "./index.ts";

test.each([
  ["sap.LIKP", "sap-qlik", "sap", "LIKP"],
  ["salesforce.OrderChangeEvent", "salesforce-cdc", "salesforce", "Order"],
  ["salesforce.Load__ChangeEvent", "salesforce-cdc", "salesforce", "Load__"],
  ["salesforce.ChangeEvents", "salesforce-cdc", "salesforce", "ChangeEvents"],
  ["master.sites", "canonical", "master", "site"],
])("%s is read by %s", (topic, connector, system, entity) => {
  expect(isChangesTopic(topic)).toBe(true);
  expect(routeOf(topic)?.source).toEqual({ topic, lane: "changes", connector, system, entity });
});

test("a topic under a known name that no connector reads is the lane's, without a route", () => {
  for (const topic of ["sap.S4.LIKP", "salesforce.Order"]) {
    expect(isChangesTopic(topic)).toBe(true);
    expect(routeOf(topic)).toBeNull();
  }
});

test("other topics are not the lane's", () => {
  for (const topic of ["telematics.readings", "master.sites.backup", "sapphire", "tower.replays"]) {
    expect(isChangesTopic(topic)).toBe(false);
  }
});
