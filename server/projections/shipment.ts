import Big from "big.js";
import { factRecord } from "../domain/business-object.ts";
import type { Shipment, ShipmentStage } from "../domain/shipment.ts";
import type { SourceRow } from "../domain/source-row.ts";
import { decimal, isFlagged, rowsOf, sapDay, sapLocalTime, sapRef, siteOf, text, unpad } from "./fields.ts";
import { newestRecord } from "./newest-record.ts";
import type { Projection } from "./projection.ts";

/** Where a stage begins and ends: the first of these that is filled says it. */
const FROM_FIELDS = ["WERKA", "VSTEL", "KUNNA", "LIFNA", "KNOTA"];
const TO_FIELDS = ["WERKZ", "KUNNZ", "LIFNZ", "KNOTZ"];
const KM_BY_UNIT: Readonly<Record<string, string>> = { KM: "1", M: "0.001", MI: "1.609344" };

/** SAP shipments: VTTK, VTTS and VTTP. */
export const shipment: Projection<"shipment"> = {
  kind: "shipment",
  entities: ["sap.VTTK", "sap.VTTS", "sap.VTTP"],
  linksOf: (row) => {
    const id = sapRef(row, "TKNUM");
    return id === null ? [] : [id];
  },
  fold(id, rows) {
    return rows.length === 0 ? null : foldShipment(id, rows);
  },
  relatedOf: ({ deliveryIds }) => deliveryIds.map((id) => ({ kind: "delivery", id })),
  termsOf: ({ number }) => [{ term: number, title: `Shipment ${number}` }],
};

function foldShipment(id: string, rows: readonly SourceRow[]): Shipment {
  const [header = null] = rowsOf(rows, "VTTK");
  const hasEnded = header !== null && (isFlagged(header, "STTEN") || sapDay(header, "DATEN") !== null);
  // Archiving deletes the rows of what has long ended: the shipment was not taken back.
  const isArchived = hasEnded && header.deleted;
  const isDeleted = (header?.deleted ?? false) && !isArchived;
  const kept = (entity: string) => rowsOf(rows, entity).filter((row) => !row.deleted || isArchived);
  const stages = kept("VTTS").map(toStage).sort(byOrderDriven);
  const deliveryIds = [...new Set(kept("VTTP").flatMap((row) => sapRef(row, "VBELN") ?? []))].sort();
  return {
    id,
    // A shipment is named by nothing but its own rows, of which the header may be the last to come.
    isStub: false,
    isDeleted,
    isClosed: isDeleted || hasEnded,
    record: newestRecord(rows),
    headerRecord: header && factRecord(header.record),
    number: unpad(id.slice(id.lastIndexOf(":") + 1)),
    vehicleId: header && text(header, "SIGNI"),
    carrier: header && siteOf(header, "TDLNR"),
    plannedStart: header && sapLocalTime(header, "DPTBG", "UPTBG"),
    plannedEnd: header && sapLocalTime(header, "DPTEN", "UPTEN"),
    stages,
    deliveryIds,
  };
}

function toStage(row: SourceRow): ShipmentStage {
  const stage = text(row, "TSNUM") ?? "";
  return {
    stage,
    sequence: wholeNumber(text(row, "TSRFO")) ?? wholeNumber(stage) ?? 0,
    fromSite: firstSite(row, FROM_FIELDS),
    toSite: firstSite(row, TO_FIELDS),
    plannedStart: sapLocalTime(row, "DPTBG", "UPTBG"),
    plannedEnd: sapLocalTime(row, "DPTEN", "UPTEN"),
    actualStart: sapLocalTime(row, "DATBG", "UATBG"),
    actualEnd: sapLocalTime(row, "DATEN", "UATEN"),
    distanceKm: distanceKm(row),
    record: factRecord(row.record),
  };
}

const wholeNumber = (digits: string | null): number | null =>
  digits !== null && /^\d{1,9}$/.test(digits) ? Number(digits) : null;

const byOrderDriven = (a: ShipmentStage, b: ShipmentStage): number =>
  a.sequence - b.sequence || (a.stage < b.stage ? -1 : 1);

const firstSite = (row: SourceRow, fields: readonly string[]): string | null =>
  fields.map((field) => siteOf(row, field)).find((site) => site !== null) ?? null;

function distanceKm(row: SourceRow): number | null {
  const distance = decimal(row, "DISTZ");
  const unit = (text(row, "MEDST") ?? "KM").toUpperCase();
  if (distance === null || !Object.hasOwn(KM_BY_UNIT, unit)) return null;
  const km = new Big(distance).times(KM_BY_UNIT[unit]!);
  return km.gt(0) ? km.round(3).toNumber() : null;
}
