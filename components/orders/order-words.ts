import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { OrderSummary } from "@/server/contracts/order.ts";
import type { Site } from "@/server/contracts/site.ts";

type Money = NonNullable<OrderSummary["value"]>;

/** Why an order is where it is, in plain words; empty when there is nothing to say. */
export function reasonWords(reason: OrderSummary["reason"], formats: Formats, { orders }: Messages): string {
  if (!reason) return "";
  const { code, minutes, quantity, text } = reason;
  const parts = {
    duration: minutes === undefined ? undefined : formats.duration(Math.abs(minutes) * 60_000),
    quantity: quantity === undefined ? undefined : quantityWords(quantity, formats),
    text,
  };
  return orders.reasons[code]?.(parts) ?? orders.reasonOther(code, parts);
}

/** A decimal as people write it: the places it has, without zeros at its end. */
export function quantityWords(quantity: string | null, formats: Formats): string {
  if (quantity === null) return formats.number(null);
  const places = (quantity.split(".")[1] ?? "").replace(/0+$/, "").length;
  return formats.number(Number(quantity), places);
}

/** `$472K` in a table; whole in a title. Cents say nothing at either place. An amount keeps the name of its currency wherever that has no sign here. */
export function moneyWords(value: Money | null, locale: string, missing: string, notation: "compact" | "standard") {
  if (!value) return missing;
  const options = {
    style: "currency",
    currency: value.currency,
    currencyDisplay: "narrowSymbol",
    notation,
    minimumFractionDigits: 0,
    maximumFractionDigits: notation === "compact" && Math.abs(Number(value.amount)) >= 1_000 ? 1 : 0,
  } as const;
  try {
    return new Intl.NumberFormat(locale, options).format(Number(value.amount));
  } catch {
    // A code that ISO 4217 does not know, as some systems have for themselves.
    return `${value.amount} ${value.currency}`;
  }
}

/** A site by its name, or by its number while nobody has named it. */
export function siteName(id: string | null, sites: ReadonlyMap<string, Site>, missing: string): string {
  if (id === null) return missing;
  return sites.get(id)?.name ?? id;
}

/** `Joliet → Columbus`; one end alone while the other is not known, and nothing without both. */
export function laneWords(
  order: Pick<OrderSummary, "originSite" | "destinationSite">,
  sites: ReadonlyMap<string, Site>,
  { orders, missing }: Messages,
): string {
  const { originSite, destinationSite } = order;
  if (originSite === null && destinationSite === null) return "";
  return orders.lane(siteName(originSite, sites, missing), siteName(destinationSite, sites, missing));
}

/** A day as its source keeps it, without a zone: `Tue 17 Nov`. */
export function dayWords(day: string | null, locale: string, missing: string): string {
  if (day === null) return missing;
  const at = Date.parse(`${day}T00:00:00.000Z`);
  const part = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(at);
  return `${part({ weekday: "short" })} ${part({ day: "numeric" })} ${part({ month: "short" })}`;
}

/** How far the expected arrival is after the promise; `null` when one of them is not known or it is kept. */
export function missedByMs({ eta, promisedAt }: OrderSummary): number | null {
  if (eta === null || promisedAt === null) return null;
  const byMs = Date.parse(eta) - Date.parse(promisedAt);
  return byMs > 0 ? byMs : null;
}
