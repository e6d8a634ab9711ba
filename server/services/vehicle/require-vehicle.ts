import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";

export async function requireVehicle(context: Context, id: string): Promise<void> {
  if (context.fleet.has(id)) return;
  const [vehicle] = await context.telemetry.vehicles([id]);
  if (!vehicle) throw new AppError("not_found", "no such vehicle");
}
