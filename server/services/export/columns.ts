import type { ExportInput, ExportKind } from "../../contracts/export-job.ts";
import type { OrderSummary } from "../../contracts/order.ts";
import type { StockPosition } from "../../contracts/stock.ts";
import type { StockMovement } from "../../domain/stock.ts";
import type { Cell } from "../../platform/csv.ts";
import { AppError } from "../../platform/errors.ts";
import type { KnownVehicle } from "../vehicle/known.ts";
import type { ExportFormats } from "./formats.ts";

export type ExportColumn<Item> = { name: string; of(item: Item, formats: ExportFormats): Cell };

/** What each kind of export is a list of. */
export type ExportItems = {
  vehicles: KnownVehicle;
  orders: OrderSummary;
  inventory: StockPosition;
  movements: StockMovement;
};

const COLUMNS: { [Kind in ExportKind]: readonly ExportColumn<ExportItems[Kind]>[] } = {
  vehicles: [
    { name: "vehicle", of: ({ id }) => id },
    { name: "motion", of: ({ moving }) => moving },
    { name: "latitude", of: ({ position }) => position?.latitude ?? null },
    { name: "longitude", of: ({ position }) => position?.longitude ?? null },
    { name: "position_time", of: ({ position }, { time }) => time(position?.timeMs ?? null) },
    { name: "speed", of: ({ position }, { speed }) => speed(position?.speedKmh ?? null) },
    { name: "heading_deg", of: ({ position }) => position?.headingDeg ?? null },
    { name: "last_seen", of: ({ seenMs }, { time }) => time(seenMs) },
    { name: "trip", of: ({ trip }) => trip?.number ?? null },
    { name: "service", of: ({ trip }) => trip?.service ?? "none" },
  ],
  orders: [
    { name: "order", of: ({ number }) => number },
    { name: "customer_reference", of: ({ customerReference }) => customerReference },
    { name: "customer", of: ({ customer }) => customer.name },
    { name: "status", of: ({ status }) => status },
    { name: "risk", of: ({ risk }) => risk },
    { name: "reason", of: ({ reason }) => reason?.code ?? null },
    { name: "amount", of: ({ value }) => value?.amount ?? null },
    { name: "currency", of: ({ value }) => value?.currency ?? null },
    { name: "requested_date", of: ({ requestedDate }) => requestedDate },
    { name: "confirmed_date", of: ({ confirmedDate }) => confirmedDate },
    { name: "promised", of: ({ promisedAt }, { time }) => time(promisedAt) },
    { name: "expected", of: ({ eta }, { time }) => time(eta) },
    { name: "expected_p90", of: ({ etaP90 }, { time }) => time(etaP90) },
    { name: "from_site", of: ({ originSite }) => originSite },
    { name: "to_site", of: ({ destinationSite }) => destinationSite },
    { name: "vehicles", of: ({ vehicleIds }) => vehicleIds.join(" ") },
    { name: "disagreements", of: ({ disagreements }) => disagreements },
  ],
  inventory: [
    { name: "material", of: ({ materialDisplay }) => materialDisplay },
    { name: "text", of: ({ text }) => text },
    { name: "site", of: ({ site }) => site },
    { name: "unit", of: ({ unit }) => unit },
    { name: "on_hand", of: ({ onHand }) => onHand },
    { name: "reserved", of: ({ reserved }) => reserved },
    { name: "in_transit", of: ({ inTransit }) => inTransit },
    { name: "on_order", of: ({ onOrder }) => onOrder },
    { name: "safety_stock", of: ({ safetyStock }) => safetyStock },
    { name: "cover_days", of: ({ coverDays }) => coverDays },
    { name: "health", of: ({ health }) => health },
    { name: "below_safety_day", of: ({ belowSafetyDay }) => belowSafetyDay },
    { name: "out_day", of: ({ outDay }) => outDay },
  ],
  movements: [
    { name: "posted", of: ({ postedAtMs }, { time }) => time(postedAtMs) },
    { name: "material", of: ({ material }) => material },
    { name: "site", of: ({ site }) => site },
    { name: "storage_location", of: ({ storageLocation }) => storageLocation },
    { name: "stock_type", of: ({ stockType }) => stockType },
    { name: "movement_type", of: ({ movementType }) => movementType },
    { name: "document", of: ({ document }) => document },
    { name: "quantity", of: ({ quantity }) => quantity },
    { name: "unit", of: ({ unit }) => unit },
    { name: "delivery", of: ({ deliveryId }) => deliveryId },
    { name: "order", of: ({ orderId }) => orderId },
    { name: "purchase_order", of: ({ purchaseOrderId }) => purchaseOrderId },
  ],
};

/** The columns of an export in the order in which they are wanted. Throws `invalid_input` for one that is not there. */
export function columnsOf<Input extends ExportInput>({
  kind,
  columns,
}: Input): readonly ExportColumn<ExportItems[Input["kind"]]>[] {
  const all = COLUMNS[kind] as readonly ExportColumn<ExportItems[Input["kind"]]>[];
  if (!columns) return all;
  return columns.map((name, index) => {
    const column = all.find((each) => each.name === name);
    if (column) return column;
    throw new AppError("invalid_input", "the request has a wrong column", {
      fields: [{ path: `/columns/${index}`, message: `expected one of ${all.map((each) => each.name).join(", ")}` }],
    });
  });
}
