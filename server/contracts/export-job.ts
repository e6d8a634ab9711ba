import { z } from "zod";
import { ORDER_RISKS, ORDER_STATUSES } from "./order.ts";
import { plainText } from "./plain-text.ts";
import { STOCK_HEALTHS } from "./stock.ts";
import { TimeZone } from "./time-zone.ts";
import { MOTIONS, SERVICES } from "./vehicle.ts";

const Time = z.iso.datetime({ precision: 3 });

export const EXPORT_KINDS = ["vehicles", "orders", "inventory", "movements"] as const;
export type ExportKind = (typeof EXPORT_KINDS)[number];

const Bounds = z.strictObject({ west: z.number(), south: z.number(), east: z.number(), north: z.number() });
const Text = plainText(100).optional();
const some = <const Words extends readonly [string, ...string[]]>(words: Words) =>
  z.array(z.enum(words)).max(words.length).optional();

const filters = {
  vehicles: z.strictObject({ q: Text, motion: some(MOTIONS), service: some(SERVICES), bounds: Bounds.optional() }),
  orders: z.strictObject({
    q: Text,
    risk: some(ORDER_RISKS),
    status: some(ORDER_STATUSES),
    customer: Text,
    site: Text,
    from: Text,
    to: Text,
    due: z.enum(["today", "two_days", "week"]).optional(),
  }),
  inventory: z.strictObject({ q: Text, site: Text, material: Text, health: some(STOCK_HEALTHS) }),
  movements: z.strictObject({ site: Text, material: Text, from: Time.optional(), to: Time.optional() }),
};

const common = {
  /** In the order in which they are wanted; all of the kind when absent. */
  columns: z.array(z.string().max(60)).min(1).max(60).optional(),
  /** Times are written in this zone, and the file names it. */
  timeZone: TimeZone,
  units: z.enum(["us", "metric"]),
};

/** What is to be exported: the filters of a list as its page shows them. */
export const ExportInput = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("vehicles"),
    filter: filters.vehicles,
    sort: z.enum(["id", "worst", "speed", "seen"]).default("id"),
    ...common,
  }),
  z.strictObject({
    kind: z.literal("orders"),
    filter: filters.orders,
    sort: z.enum(["risk", "promised", "value", "customer", "number"]).default("risk"),
    ...common,
  }),
  z.strictObject({ kind: z.literal("inventory"), filter: filters.inventory, ...common }),
  z.strictObject({ kind: z.literal("movements"), filter: filters.movements, ...common }),
]);
export type ExportInput = z.infer<typeof ExportInput>;
export type ExportOf<Kind extends ExportKind> = Extract<ExportInput, { kind: Kind }>;

export const EXPORT_STATUSES = ["queued", "running", "done", "failed", "cancelled"] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

/** An export on its way to a file. Files are kept for a day. */
export const ExportJob = z.object({
  id: z.string(),
  kind: z.enum(EXPORT_KINDS),
  status: z.enum(EXPORT_STATUSES),
  rows: z.number().int(),
  /** How many there will be, where that is known. */
  rowsTotal: z.number().int().nullable(),
  bytes: z.number(),
  error: z.string().nullable(),
  createdAt: Time,
  finishedAt: Time.nullable(),
});
export type ExportJob = z.infer<typeof ExportJob>;
