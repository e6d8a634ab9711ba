import { route } from "@/app/api/_http/define-route.ts";
import { otherMethods } from "@/app/api/_http/other-methods.ts";
import { RetentionInput, Storage } from "@/server/contracts/storage.ts";
import { getStorage, setRetention } from "@/server/services/retention/storage.ts";

export const GET = route({
  method: "GET",
  path: "/api/v1/settings/storage",
  summary: "What is stored: the room each kind takes, its oldest, and for how many days it is kept",
  role: "admin",
  answer: Storage,
  run: ({ context }) => getStorage(context),
});

export const PUT = route({
  method: "PUT",
  path: "/api/v1/settings/storage",
  summary: "Sets for how many days each kind is kept; what is older is removed within the hour",
  role: "admin",
  body: RetentionInput,
  answer: Storage,
  run: ({ context, body }) => setRetention(context, body),
});
export const { POST, PATCH, DELETE, OPTIONS } = otherMethods(GET, PUT);
