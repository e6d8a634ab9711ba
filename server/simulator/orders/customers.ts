import { type CrmRecord, crmRecord, type SapRecord, sapRecord } from "../documents/books.ts";
import type { Currency } from "../documents/quantities.ts";
import { salesforceId } from "../documents/salesforce-id.ts";
import { CLIENT, padded, sapDate, unpadded } from "../documents/sap-tables.ts";
import type { SimulatedSite } from "../sites.ts";

/** Who buys: known to SAP by its number, to Salesforce as an account that has the number as people write it. */
export type Customer = {
  /** KUNNR in its internal form. */
  number: string;
  name: string;
  site: SimulatedSite;
  currency: Currency;
  partner: SapRecord;
  account: CrmRecord;
};

const FOUNDED_MS = Date.UTC(2019, 2, 4);
const NAMES = [
  "Harbor Foods",
  "Union Supply",
  "Lakeside Markets",
  "Summit Hardware",
  "Crown Retail",
  "Bluebird Stores",
  "Ironworks Parts",
  "Golden Pantry",
  "Northline Builders",
  "Riverside Auto",
] as const;
const MORE_PER_CITY = 3;

/** The buyers in the cities of the customer sites: one goes by the number of the site itself, others have their own. */
export function createCustomers(sites: readonly SimulatedSite[]): Customer[] {
  const cities = sites.filter(({ kind }) => kind === "customer");
  return cities.flatMap((site, city) =>
    Array.from({ length: 1 + MORE_PER_CITY }, (_, place) => {
      const index = city * (1 + MORE_PER_CITY) + place;
      return aCustomer(site, numberOf(site, place), index);
    }),
  );
}

/** The sites of the company itself are partners too: goods are shipped to them. */
export function plantPartners(sites: readonly SimulatedSite[]): SapRecord[] {
  const own = sites.filter(({ kind }) => kind !== "customer" && kind !== "plant");
  return own.map((site) =>
    partnerRow(padded(site.siteId, 10), `${site.name} ${site.kind.replace("_", " ")}`, site, "0010"),
  );
}

function aCustomer(site: SimulatedSite, number: string, index: number): Customer {
  const name = `${NAMES[(index * 3) % NAMES.length]} ${site.name}`;
  return {
    number,
    name,
    site,
    currency: index % 17 === 5 ? "JPY" : index % 17 === 11 ? "KWD" : index % 17 === 14 ? "EUR" : "USD",
    partner: partnerRow(number, name, site, "0001"),
    account: crmRecord("Account", salesforceId("001", String(700_000 + index)), {
      Name: name,
      AccountNumber: unpadded(number),
      Type: "Customer",
      Industry: "Retail",
      Rating: (["Hot", "Warm", "Cold"] as const)[index % 3]!,
      Phone: phoneOf(index),
      ShippingAddress: { City: site.name, Country: "US", Street: `Dock ${site.siteId}` },
    }),
  };
}

/** Every seventh of them has a number with letters, which SAP does not pad. */
function numberOf(site: SimulatedSite, place: number): string {
  if (place === 0) return padded(site.siteId, 10);
  const number = Number(site.siteId) * 10 + place;
  return number % 7 === 3 ? `C-${number}` : padded(String(2_000_000 + number), 10);
}

const phoneOf = (index: number): string => `+1 555 01${String(index).padStart(2, "0")} ${1000 + index * 37}`;

function partnerRow(number: string, name: string, site: SimulatedSite, group: string): SapRecord {
  return sapRecord("KNA1", {
    MANDT: CLIENT,
    KUNNR: number,
    LAND1: "US",
    NAME1: name.slice(0, 35),
    ORT01: site.name,
    PSTLZ: `${10_000 + Number(site.siteId) * 7}`,
    REGIO: "",
    STRAS: `Dock ${site.siteId}`,
    TELF1: "",
    KTOKD: group,
    AUFSD: "",
    LIFSD: "",
    LOEVM: "",
    ERDAT: sapDate(FOUNDED_MS),
  });
}
