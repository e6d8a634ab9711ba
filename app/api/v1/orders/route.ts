import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, oneOrMoreOf, Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { ORDER_RISKS, ORDER_STATUSES, OrderPage } from "@/server/contracts/order.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listOrders } from "@/server/services/order/list.ts";
import { ORDER_DUES, ORDER_SORTS } from "@/server/services/order/port.ts";

const Query = z.strictObject({
  ...Paging,
  risk: oneOrMoreOf(ORDER_RISKS).optional(),
  status: oneOrMoreOf(ORDER_STATUSES).optional(),
  customer: text(100).optional(),
  site: text(64).optional(),
  from: text(64).optional(),
  to: text(64).optional(),
  due: z.enum(ORDER_DUES).optional(),
  q: text(100).optional(),
  sort: z.enum(ORDER_SORTS).default("risk"),
  asOf: AsOf,
});

export const GET = route({
  method: "GET",
  path: "/api/v1/orders",
  summary:
    "Open and lately ended orders, filtered and sorted, with what each risks and how many there are of each risk",
  role: "planner",
  query: Query,
  answer: OrderPage,
  run: async ({ context, query }) => {
    const page = await listOrders(context, query);
    return { ...presentPage(page, (order) => order), counts: page.counts };
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
