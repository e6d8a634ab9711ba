import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Contract } from "@/server/contracts/contract.ts";
import { getContract } from "@/server/services/contract/get.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/contracts/{name}",
  summary: "The contract of this name, such as sap.LIKP",
  role: "planner",
  params: z.strictObject({ name: text(300) }),
  answer: Contract,
  run: ({ context, params }) => getContract(context, params),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
