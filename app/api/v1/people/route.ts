import { z } from "zod";
import { pageOf } from "@/app/api/_http/answers.ts";
import { route } from "@/app/api/_http/define-route.ts";
import { Paging, text } from "@/app/api/_http/fields.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { Person, PersonLink } from "@/server/contracts/person.ts";
import { Role } from "@/server/contracts/role.ts";
import { presentPage } from "@/server/live/present-page.ts";
import { presentPerson } from "@/server/live/present-person.ts";
import { invitePerson } from "@/server/services/person/invite.ts";
import { listPeople } from "@/server/services/person/list.ts";
import { presentLink } from "./present-link.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/people",
  summary: "Who may sign in, by e-mail address, those who are invited first",
  role: "admin",
  query: z.strictObject({ ...Paging, q: text(100).optional() }),
  answer: pageOf(Person),
  run: async ({ context, query }) => presentPage(await listPeople(context, query), presentPerson),
});

export const POST = route({
  method: "POST",
  path: "/api/v1/people",
  summary: "Invites somebody; the answer holds the link to send, this once",
  role: "admin",
  body: z.strictObject({
    email: z.email("expected an e-mail address").max(254, "expected at most 254 characters"),
    name: text(100),
    role: Role,
  }),
  answer: PersonLink,
  run: async ({ context, body, tower }) => {
    const { invitation, token } = await invitePerson(context, body);
    return presentLink(tower, invitation, token, invitation.expiresAt);
  },
});
export const { PUT, PATCH, DELETE, OPTIONS } = otherMethods(GET, POST);
