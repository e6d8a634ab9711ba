import type { Order, OrderRisk, OrderStatus, OrderSummary } from "../../contracts/order.ts";

export const ORDER_SORTS = ["risk", "promised", "value", "customer", "number"] as const;
export type OrderSort = (typeof ORDER_SORTS)[number];

/** When an order is promised, counted from now; what is overdue belongs to each of them. */
export const ORDER_DUES = ["today", "two_days", "week"] as const;
export type OrderDue = (typeof ORDER_DUES)[number];

export type OrderFilter = {
  risk?: readonly OrderRisk[] | undefined;
  status?: readonly OrderStatus[] | undefined;
  /** A customer's id, or part of a name. */
  customer?: string | undefined;
  /** Where it comes from or goes to. */
  site?: string | undefined;
  /** Where it comes from, and where it goes: together the lane of a flow. */
  from?: string | undefined;
  to?: string | undefined;
  due?: OrderDue | undefined;
  /** Part of a number, of the customer's reference or name, of a vehicle's id. */
  q?: string | undefined;
};

/** Where a page of orders ended: the next begins after it in the same order. */
export type OrderPlace = { key: (string | number)[]; id: string };

export type OrderPage = {
  items: OrderSummary[];
  /** `null` when this was the end. */
  next: OrderPlace | null;
  /** Orders not ended by risk that fit everything asked for but the risk. */
  counts: Record<OrderRisk, number>;
};

/** The orders that are open or ended lately, in memory. */
export type OrderIndex = {
  /** Whether everything that is stored has been read: until then answers would be of a part. */
  isComplete(): boolean;
  find(filter: OrderFilter, options: { sort: OrderSort; after: OrderPlace | null; limit: number }): OrderPage;
};

export type OrderPorts = {
  index: OrderIndex;
  /**
   * One order, whatever its age, as the store has it now. `movedTo` is the id of the ERP order that an order known from
   * Salesforce alone has become; `null` is an order that nobody knows.
   */
  read(id: string): Promise<{ order: Order } | { movedTo: string } | null>;
};
