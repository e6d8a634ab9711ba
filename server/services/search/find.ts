import type { Found } from "../../contracts/search.ts";
import type { Delivery } from "../../domain/delivery.ts";
import type { PurchaseOrder } from "../../domain/purchase-order.ts";
import type { Shipment } from "../../domain/shipment.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";
import type { FoundObject } from "./port.ts";

const KINDS = ["sales_order", "crm_order", "purchase_order", "delivery", "shipment", "material", "customer"] as const;
const EACH_MAX = 5;
const SITES_MAX = 1_000;

/** Everything whose number or name begins with what was typed, a few of each kind; each with where it is shown. */
export async function findAnything(context: Context, text: string): Promise<Found[]> {
  requireRole(context.actor, "planner");
  const vehicles = context.fleet.find({ text, sort: "id", cursor: null, limit: EACH_MAX }).ids;
  const [objects, sites] = await Promise.all([
    context.search.find(text, { kinds: KINDS, limit: EACH_MAX }),
    findSites(context, text),
  ]);
  const paths = await pathsOf(context, objects);
  return [
    ...vehicles.map((id) => ({ kind: "vehicle" as const, id, title: id, path: `/fleet?${query({ vehicle: id })}` })),
    ...objects.flatMap((object): Found[] => {
      const path = paths.get(`${object.kind}:${object.id}`);
      return path === undefined ? [] : [{ kind: kindOf(object), id: object.id, title: object.title, path }];
    }),
    ...sites.map(({ id, name }) => ({
      kind: "site" as const,
      id,
      title: name === id ? id : `${id} ${name}`,
      path: `/inventory?${query({ site: id })}`,
    })),
  ];
}

async function findSites(context: Context, text: string) {
  const wanted = text.toLowerCase();
  const sites = await context.sites.list({ afterId: null, limit: SITES_MAX });
  const fits = ({ id, name }: { id: string; name: string }) =>
    id.toLowerCase().startsWith(wanted) || name.toLowerCase().includes(wanted);
  return sites.filter(fits).slice(0, EACH_MAX);
}

/** Documents without a page of their own are shown where they matter: a delivery in its order, a purchase at its stock. */
async function pathsOf(context: Context, objects: readonly FoundObject[]): Promise<Map<string, string>> {
  const idsOf = (kind: FoundObject["kind"]) => objects.filter((object) => object.kind === kind).map(({ id }) => id);
  const [deliveries, shipments, purchases] = await Promise.all([
    context.business.get("delivery", idsOf("delivery")),
    context.business.get("shipment", idsOf("shipment")),
    context.business.get("purchase_order", idsOf("purchase_order")),
  ]);
  const carried = await context.business.get("delivery", [
    ...new Set(shipments.flatMap(({ deliveryIds }) => deliveryIds)),
  ]);
  const paths = new Map<string, string>();
  const put = (kind: string, id: string, path: string | null) => path !== null && paths.set(`${kind}:${id}`, path);
  for (const delivery of deliveries) put("delivery", delivery.id, deliveryPath(delivery));
  for (const shipment of shipments) put("shipment", shipment.id, shipmentPath(shipment, carried));
  for (const purchase of purchases) put("purchase_order", purchase.id, purchasePath(purchase));
  for (const { kind, id, title } of objects) {
    if (kind === "sales_order" || kind === "crm_order") put(kind, id, `/orders?${query({ order: id })}`);
    if (kind === "material") put(kind, id, `/inventory?${query({ q: title.split(" · ")[0]! })}`);
    if (kind === "customer") put(kind, id, `/orders?${query({ customer: id })}`);
  }
  return paths;
}

function deliveryPath({ lines, vehicleId, number }: Delivery): string {
  const orderId = lines.find((line) => line.orderId !== null)?.orderId;
  if (orderId) return `/orders?${query({ order: orderId })}`;
  return vehicleId === null ? `/orders?${query({ q: number })}` : `/fleet?${query({ vehicle: vehicleId })}`;
}

function shipmentPath({ vehicleId, deliveryIds, number }: Shipment, deliveries: readonly Delivery[]): string {
  if (vehicleId !== null) return `/fleet?${query({ vehicle: vehicleId })}`;
  const delivery = deliveries.find(({ id }) => deliveryIds.includes(id));
  return delivery ? deliveryPath(delivery) : `/orders?${query({ q: number })}`;
}

function purchasePath({ id, lines, number }: PurchaseOrder): string {
  const line = lines.find(({ material, site }) => material !== null && site !== null);
  if (!line) return `/inventory?${query({ q: number })}`;
  const client = id.split(":")[1] ?? "";
  return `/inventory?${query({ position: `${client}:${line.material}@${line.site}` })}`;
}

const query = (values: Record<string, string>): string => new URLSearchParams(values).toString();

const kindOf = ({ kind }: FoundObject): Found["kind"] =>
  kind === "sales_order" || kind === "crm_order" ? "order" : (kind as Found["kind"]);
