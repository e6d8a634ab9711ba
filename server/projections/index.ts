import { customer } from "./customer.ts";
import type { Projection } from "./projection.ts";

/** Every kind of business object, one file each: a new one is a file, a test and a line here. */
export const PROJECTIONS: readonly Projection[] = [customer];
