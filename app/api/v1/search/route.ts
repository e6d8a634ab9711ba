import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { SearchAnswer } from "@/server/contracts/search.ts";
import { findAnything } from "@/server/services/search/find.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/search",
  summary: "Vehicles, orders, documents, materials, customers and sites by how their number or name begins",
  role: "planner",
  query: z.strictObject({ q: text(100) }),
  answer: SearchAnswer,
  run: async ({ context, query }) => ({ items: await findAnything(context, query.q) }),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
