import { expect, test } from "vitest";
import { routeOf } from "../index.ts";
import { keyColumnsOf } from "../sap-qlik/key-columns.ts";
import { CONTRACTS, contractOf } from "./index.ts";
import { readFields } from "./read-fields.ts";

/** The sources that the tower makes something of. */
const SAP = "VBAK VBAP VBEP LIKP LIPS VTTK VTTP VTTS MARA MAKT MARC MARD MATDOC EKKO EKPO EKET KNA1".split(" ");
const SALESFORCE = "Order OrderItem Account Case".split(" ");

test("every source that the tower makes something of has a contract, under the name its topic is read by", () => {
  for (const table of SAP) expect(contractOf("sap-qlik", table)?.topic, table).toBe(`sap.${table}`);
  for (const object of SALESFORCE) expect(contractOf("salesforce-cdc", object), object).not.toBeNull();
  for (const { topic, connector, entity } of CONTRACTS.filter(({ system }) => system !== "telematics"))
    expect(routeOf(topic)?.source, topic).toMatchObject({ connector, entity });
});

test("the key columns of a table are just those that its rows are told apart by, and all are required", () => {
  for (const contract of CONTRACTS.filter(({ connector }) => connector === "sap-qlik")) {
    expect(contract.key, contract.name).toEqual(keyColumnsOf(contract.entity));
    const required = contract.fields.filter((field) => field.required).map(({ path }) => path.slice(1));
    expect(required.sort(), contract.name).toEqual([...contract.key].sort());
  }
});

test("no contract names a field twice, and each field says what it means", () => {
  for (const { name, fields } of CONTRACTS) {
    const paths = fields.map(({ path }) => path);
    expect(new Set(paths).size, name).toBe(paths.length);
    for (const { path, meaning, type } of fields) expect(meaning && type, `${name}${path}`).toBeTruthy();
  }
});

test("the site's contract is the one its records are held against", () => {
  const site = contractOf("canonical", "site")!;
  expect(site.fields.filter(({ required }) => required).map(({ path }) => path)).toEqual([
    "/schema",
    "/siteId",
    "/kind",
    "/name",
    "/latitude",
    "/longitude",
  ]);
  expect(site.fields.find(({ path }) => path === "/latitude")?.type).toBe("number from -90 to 90");
});

test("a kind of field that nobody knows is found when the contract is written", () => {
  expect(() => readFields("A | colour | Colour", [])).toThrow("colour");
});
