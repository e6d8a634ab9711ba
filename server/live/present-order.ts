import type { Order, OrderSummary } from "../contracts/order.ts";
import type { JudgedRisk } from "../domain/order/judge-risk.ts";
import type { OrderView } from "../domain/order/order-view.ts";

type Judged = JudgedRisk & { version: number };

/** An order as lists and the map show it. */
export function presentOrderSummary(view: OrderView, { risk, reason, version }: Judged): OrderSummary {
  return {
    id: view.id,
    number: view.number,
    customerReference: view.customerReference,
    customer: view.customer,
    status: view.status,
    risk,
    reason,
    value: view.value,
    requestedDate: view.requestedDate,
    confirmedDate: view.confirmedDate,
    promisedAt: view.promisedAt,
    eta: view.eta,
    etaP90: view.etaP90,
    originSite: view.originSite,
    destinationSite: view.destinationSite,
    vehicleIds: view.vehicleIds,
    disagreements: view.disagreementList.length,
    version,
  };
}

/** The whole order. */
export function presentOrder(view: OrderView, judged: Judged): Order {
  const { lines, deliveries, sources, timeline, disagreementList } = view;
  return { ...presentOrderSummary(view, judged), lines, deliveries, sources, timeline, disagreementList };
}
