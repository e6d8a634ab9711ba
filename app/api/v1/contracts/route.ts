import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Contract } from "@/server/contracts/contract.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { listContracts } from "@/server/services/contract/list.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/contracts",
  summary: "What the tower reads of each source: fields, what they mean and what they are used for",
  role: "planner",
  answer: pageOf(Contract),
  run: async ({ context }) => presentPage(await listContracts(context), (contract) => contract),
});
export const { POST, PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET);
