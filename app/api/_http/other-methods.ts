import { randomUUID } from "node:crypto";
import { getTower } from "@/server/services/tower.ts";
import { finish, type RouteHandler, refuse } from "./define-route.ts";
import { methodRefusal } from "./problem.ts";

/**
 * The methods that a route does not have, each as a refusal that names the one it has. Every route file exports them:
 * Next would answer with an empty body.
 */
export function otherMethods(handler: RouteHandler) {
  const { method } = handler.route;
  const refused = async () => finish(refuse(methodRefusal(method)), getTower(), randomUUID());
  return { GET: refused, POST: refused, PUT: refused, PATCH: refused, DELETE: refused, OPTIONS: refused };
}
