import { z } from "zod";
import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Person } from "@/server/contracts/person.ts";
import { presentPerson } from "@/server/live/present-person.ts";
import { revokeInvitation } from "@/server/services/person/invite.ts";

export const POST = route({
  method: "POST",
  path: "/api/v1/invitations/{id}/revoke",
  summary: "Takes an invitation back",
  role: "admin",
  params: z.strictObject({ id: z.uuid("expected the id of an invitation") }),
  answer: Person,
  run: async ({ context, params }) => presentPerson(await revokeInvitation(context, params.id)),
});
export const { GET, PUT, PATCH, DELETE, OPTIONS } = otherMethods(POST);
