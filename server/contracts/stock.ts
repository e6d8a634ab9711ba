import { z } from "zod";
import { Decimal } from "./order.ts";
import { RecordRef } from "./record-ref.ts";

const Time = z.iso.datetime({ precision: 3 });
const Day = z.iso.date();

/** Worst first, as lists sort them. */
export const STOCK_HEALTHS = ["out", "below_safety", "low_soon", "unknown", "healthy", "overstock"] as const;
export type StockHealth = (typeof STOCK_HEALTHS)[number];

/** Stock at one storage location, as counted. Quantities are decimal text in `unit`. */
export const Stock = z.object({
  material: z.string(),
  materialDisplay: z.string(),
  site: z.string(),
  storageLocation: z.string(),
  unit: z.string(),
  unrestricted: Decimal,
  qualityInspection: Decimal,
  blocked: Decimal,
  inTransit: Decimal,
  safetyStock: Decimal.nullable(),
  health: z.enum(STOCK_HEALTHS),
  basis: z.enum(["movements", "snapshot"]),
  /** What MARD says, where it came and differs from the movements. */
  snapshotDiffers: z.object({ unrestricted: Decimal, record: RecordRef }).nullable(),
  record: RecordRef,
});
export type Stock = z.infer<typeof Stock>;

/** One material at one site: a row of the inventory table. */
export const StockPosition = z.object({
  /** `<client>:<material>@<site>`. */
  id: z.string(),
  material: z.string(),
  materialDisplay: z.string(),
  text: z.string().nullable(),
  site: z.string(),
  unit: z.string(),
  /** Unrestricted stock of all storage locations; `null` while nobody has counted it. */
  onHand: Decimal.nullable(),
  reserved: Decimal,
  inTransit: Decimal,
  onOrder: Decimal,
  safetyStock: Decimal.nullable(),
  /** The next receipt that is known. */
  inbound: z.object({ quantity: Decimal, day: Day }).nullable(),
  /** Days until nothing is left as projected, beyond the 30 days at the usual rate; `null` when nothing usually goes. */
  coverDays: z.number().nullable(),
  health: z.enum(STOCK_HEALTHS),
  /** First day projected below safety stock, and with nothing left, within 30 days; today counts. */
  belowSafetyDay: Day.nullable(),
  outDay: Day.nullable(),
  /** Projected stock at the end of each of the next 30 days, rounded to whole units: what the sparkline draws. */
  projected: z.array(z.number()),
  version: z.number().int(),
});
export type StockPosition = z.infer<typeof StockPosition>;

export const StockMovement = z.object({
  id: z.string(),
  time: Time,
  movementType: z.string(),
  document: z.string(),
  storageLocation: z.string(),
  stockType: z.enum(["unrestricted", "qualityInspection", "blocked", "inTransit"]),
  quantity: Decimal,
  unit: z.string(),
  /** Unrestricted stock of the material at the site after this movement. */
  balance: Decimal,
  /** `sap:<client>:<number>` of the delivery, order or purchase order it belongs to. */
  reference: z.object({ kind: z.enum(["delivery", "order", "purchase_order"]), id: z.string() }).nullable(),
  record: RecordRef,
});
export type StockMovement = z.infer<typeof StockMovement>;

/** The story of one material at one site. */
export const StockStory = z.object({
  position: StockPosition,
  locations: z.array(Stock),
  /** Each of the next 30 days: expected stock at its end with a 90 % range, and what comes and goes. */
  projection: z.array(
    z.object({
      day: Day,
      expected: z.number(),
      low: z.number(),
      high: z.number(),
      receipts: z.number(),
      issues: z.number(),
    }),
  ),
  /** Counted stock, as steps, over the last days. */
  counted: z.array(z.object({ time: Time, quantity: z.number() })),
  reservations: z.array(z.object({ orderId: z.string(), quantity: Decimal, day: Day.nullable() })),
  inTransit: z.array(
    z.object({
      deliveryId: z.string(),
      quantity: Decimal,
      vehicleId: z.string().nullable(),
      fromSite: z.string().nullable(),
      eta: Time.nullable(),
    }),
  ),
  onOrder: z.array(z.object({ purchaseOrderId: z.string(), quantity: Decimal, day: Day.nullable() })),
  /** Open orders that need more than is there: how many and what they are worth. */
  ordersAtStake: z.object({ count: z.number().int(), amount: Decimal.nullable(), currency: z.string().nullable() }),
});
export type StockStory = z.infer<typeof StockStory>;

/** How the stock of one site stands: the mark on the map. */
export const SiteStock = z.object({
  site: z.string(),
  health: z.enum(STOCK_HEALTHS),
  counts: z.record(z.enum(STOCK_HEALTHS), z.number().int()),
});
export type SiteStock = z.infer<typeof SiteStock>;

/** One page of the inventory table. */
export const PositionPage = z.object({
  items: z.array(StockPosition),
  nextCursor: z.string().nullable(),
  asOf: Time,
  /** How many there are of each health, of all that fits but for the health. */
  counts: z.record(z.enum(STOCK_HEALTHS), z.number().int()),
});
export type PositionPage = z.infer<typeof PositionPage>;
