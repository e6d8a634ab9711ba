import { randomUUID } from "node:crypto";
import { getTower } from "@/server/services/tower.ts";
import { finish, type RouteHandler, refuse } from "./define-route.ts";
import { methodRefusal } from "./problem.ts";

/**
 * The methods that an address does not have, each as a refusal that names those it has. Every route file exports them:
 * Next would answer with an empty body.
 */
export function otherMethods(...handlers: readonly [RouteHandler, ...RouteHandler[]]) {
  const methods = handlers.map(({ route }) => route.method);
  const refused = async () => finish(refuse(methodRefusal(methods)), getTower(), randomUUID());
  return { GET: refused, POST: refused, PUT: refused, PATCH: refused, DELETE: refused, OPTIONS: refused };
}
