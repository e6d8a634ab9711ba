import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { AsOf, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Order } from "@/server/contracts/order.ts";
import { getOrder } from "@/server/services/order/get.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/orders/{id}",
  summary: "One order across Salesforce, SAP and the truck; 308 where it is known under the ERP's id by now",
  role: "planner",
  params: z.strictObject({ id: text(200) }),
  query: z.strictObject({ asOf: AsOf }),
  answer: Order,
  run: async ({ context, params, query }) => {
    const found = await getOrder(context, { ...params, ...query });
    if ("order" in found) return found.order;
    return new Response(null, {
      status: 308,
      headers: { location: `/api/v1/orders/${encodeURIComponent(found.movedTo)}` },
    });
  },
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
