import { z } from "zod";
import type { Contract, ContractField } from "../../contracts/contract.ts";
import { CARGO_COMPARTMENTS_MAX, MEASURES, type Measure, VEHICLE_ID_BYTES_MAX } from "../../contracts/measures.ts";
import { SiteRecord } from "../../contracts/site.ts";
import { READINGS_TOPIC, SITES_TOPIC } from "../../contracts/topics.ts";

type Words = readonly [meaning: string, usedFor: string | null];

function field(name: string, type: string, [meaning, usedFor]: Words, required: boolean): ContractField {
  return { path: `/${name}`, type, meaning, required, usedFor };
}

function typeOfMeasure({ kind, unit, min, max }: Measure): string {
  if (kind === "boolean") return "true or false";
  const range = `${unit ? `${unit}, ` : ""}from ${min} to ${max}`;
  return kind === "list" ? `at most ${CARGO_COMPARTMENTS_MAX} numbers, ${range}` : `number, ${range}`;
}

const MEASURE_WORDS: Readonly<Record<string, Words>> = {
  latitude: ["Latitude", "position"],
  longitude: ["Longitude", "position"],
  accuracyM: ["Accuracy of the position", null],
  headingDeg: ["Heading", "position"],
  speedKmh: ["Speed", "motion, estimate of arrival"],
  odometerM: ["Odometer", "history"],
  ignition: ["Ignition", "motion"],
  engineHours: ["Engine hours", "history"],
  engineRpm: ["Engine speed", "history"],
  coolantC: ["Coolant temperature", "history"],
  oilPressureKpa: ["Oil pressure", "history"],
  batteryV: ["Voltage of the battery", "history"],
  fuelPct: ["Fuel", "history"],
  fuelUsedL: ["Fuel used", "history"],
  socPct: ["Charge", "history"],
  cargoC: ["Temperature of the cargo, by compartment", "history"],
};

function wordsOf({ name }: Measure): Words {
  return MEASURE_WORDS[name] ?? [name, null];
}

const SITE_WORDS: Readonly<Record<keyof SiteRecord, Words>> = {
  schema: ["Name of the format", null],
  siteId: ["Site", "identity"],
  kind: ["Kind of place", "maps"],
  name: ["Name", "maps and lists"],
  latitude: ["Latitude", "maps, arrivals"],
  longitude: ["Longitude", "maps, arrivals"],
  timeZone: ["Time zone", "local times of the site"],
  radiusM: ["Radius of the fence in metres", "arrivals and departures"],
};

type JsonProperty = {
  type?: string;
  const?: unknown;
  enum?: unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
};

/** Straight from the schema that checks a site, so that the two cannot disagree. */
function siteFields(): ContractField[] {
  const { properties = {}, required = [] } = z.toJSONSchema(SiteRecord) as {
    properties?: Record<string, JsonProperty>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, property]) =>
    field(name, typeOfProperty(property), SITE_WORDS[name as keyof SiteRecord], required.includes(name)),
  );
}

function typeOfProperty({ type, const: fixed, enum: words, minimum, maximum, maxLength }: JsonProperty): string {
  if (fixed !== undefined) return JSON.stringify(fixed);
  if (words) return `one of ${words.join(", ")}`;
  if (type === "number") return `number from ${minimum} to ${maximum}`;
  return maxLength === undefined ? "text" : `text, at most ${maxLength}`;
}

/**
 * The tower's own formats, made of the definitions that check them: what a contract says here is what the line holds a
 * record against.
 */
export const CANONICAL_CONTRACTS: readonly Contract[] = [
  {
    name: "canonical.reading.v1",
    title: "Telematics",
    connector: "canonical",
    system: "telematics",
    entity: "reading",
    topic: READINGS_TOPIC,
    rowTitle: "Vehicle",
    description: "One report of a vehicle, perhaps with a single measure. Unknown fields are ignored and counted.",
    key: ["vehicleId", "source", "readingId"],
    fields: [
      field("schema", '"reading.v1"', ["Name of the format", null], true),
      field("vehicleId", `text of at most ${VEHICLE_ID_BYTES_MAX} bytes`, ["Vehicle", "identity"], true),
      field("time", "time like 2026-08-19T14:30:01.250Z", ["Time of the event", "order of the readings"], true),
      field("source", "text", ["Who says so", "identity"], false),
      field("readingId", "text", ["Id given by the source", "repeats are known by it"], false),
      field("event", "text", ["What happened", "history"], false),
      ...MEASURES.map((measure) => field(measure.name, typeOfMeasure(measure), wordsOf(measure), false)),
    ],
  },
  {
    name: "canonical.site.v1",
    title: "Sites",
    connector: "canonical",
    system: "master",
    entity: "site",
    topic: SITES_TOPIC,
    rowTitle: "Site",
    description: "A place that goods leave or arrive at. Every record is the whole site; a tombstone removes it.",
    key: ["siteId"],
    fields: siteFields(),
  },
];
