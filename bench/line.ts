import type { BenchSize } from "./bench-size.ts";
import { benchSlices } from "./line-slices.ts";
import { benchSteady } from "./line-steady.ts";
import type { BenchResult } from "./results.ts";

/** The telemetry line: at constant rates, and catching up beside the bare client. */
export async function benchLine(size: BenchSize): Promise<BenchResult[]> {
  return [...(await benchSteady(size)), ...(await benchSlices(size))];
}
