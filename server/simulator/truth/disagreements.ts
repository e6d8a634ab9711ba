import { isoTime } from "../../platform/clock.ts";
import type { Delivery } from "../documents/delivery.ts";
import { amountText, quantityText, THOUSAND } from "../documents/quantities.ts";
import { CLIENT, dayOf, unpadded } from "../documents/sap-tables.ts";
import { type SalesOrder, worthOf } from "../orders/sales-order.ts";
import type { FenceTruth } from "./fence-truth.ts";

/** Two systems say different things of one fact of an order. A departure names the delivery. */
export type TrueDisagreement = {
  order: string;
  number: string;
  fact: "quantity" | "promised_date" | "amount" | "departure";
  line: string | null;
  left: { system: "salesforce" | "truck"; value: string };
  right: { system: "sap"; value: string };
};

/** SAP is told of a departure to the minute; what is apart by more than this was told wrongly. */
const DEPARTURE_MS_MAX = 30 * 60_000;

export function* disagreementsOf(
  order: SalesOrder,
  deliveries: readonly Delivery[],
  fences: FenceTruth,
): Generator<TrueDisagreement> {
  const { number, header, crm, currency, lines } = order;
  const named = { order: `sap:${CLIENT}:${number}`, number: unpadded(number) };
  const between = (fact: TrueDisagreement["fact"], line: string | null, crmValue: string, sapValue: string) => ({
    ...named,
    fact,
    line,
    left: { system: "salesforce" as const, value: crmValue },
    right: { system: "sap" as const, value: sapValue },
  });
  for (const { line, units, crmItem, isRejected } of lines) {
    if (isRejected || order.state === "cancelled") continue;
    const crmUnits = Number(decimalOf(crmItem.fields.Quantity));
    if (crmUnits !== units) {
      yield between("quantity", line, quantityText(crmUnits * THOUSAND), quantityText(units * THOUSAND));
    }
  }
  const promised = String(crm.fields.EndDate);
  const kept = dayOf(header.row.VDATU!)!;
  if (promised !== kept) yield between("promised_date", null, promised, kept);
  const value = amountText(worthOf(lines) + order.surcharge, currency);
  const agreed = decimalOf(crm.fields.TotalAmount);
  if (agreed !== value) yield between("amount", null, agreed, value);
  for (const { number: delivery, shipment } of deliveries) {
    const { left } = fences.stayOf(delivery).origin;
    const { departedMs } = shipment.told;
    if (!left || departedMs === null || Math.abs(left.byMs - departedMs) <= DEPARTURE_MS_MAX) continue;
    yield {
      ...named,
      fact: "departure",
      line: null,
      left: { system: "truck", value: isoTime(left.byMs) },
      right: { system: "sap", value: isoTime(departedMs) },
    };
  }
}

/** In the truth a decimal is text. */
const decimalOf = (value: unknown): string => String(JSON.parse(JSON.stringify(value)));
