import { randomUUID } from "node:crypto";
import { AppError } from "@/server/platform/errors.ts";
import { getTower } from "@/server/services/tower.ts";
import { finish, refuse } from "./define-route.ts";
import { isAppError, refusalOf } from "./problem.ts";

/** Whatever below `/api` is no route of the tower: a program that mistyped gets a problem, not a page. */
export async function refuseUnknownPath(): Promise<Response> {
  try {
    const tower = getTower();
    return finish(refuse(refusalOf(new AppError("not_found", "there is no such address"))), tower, randomUUID());
  } catch (error) {
    if (!isAppError(error)) throw error;
    return finish(refuse(refusalOf(error)), undefined, randomUUID());
  }
}
