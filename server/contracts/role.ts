import { z } from "zod";

/** In rising order of what they may do: an admin may do what a manager may, a manager what a planner may see. */
export const Role = z.enum(["planner", "manager", "admin"]);
export type Role = z.infer<typeof Role>;
