import type { FleetPicture } from "../../contracts/fleet-picture.ts";
import { momentAt } from "../as-of.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

/** The whole fleet at a moment of the past, for the map: of the present the socket tells. */
export async function getFleetPicture(context: Context, { asOf }: { asOf: string }): Promise<FleetPicture> {
  requireRole(context.actor, "planner");
  const moment = await momentAt(context, asOf, ["readings", "changes"]);
  return moment.picture();
}
