import type { Fence } from "../contracts/fence.ts";

export function presentFence({ id, name, siteId, shape, version }: Fence): Fence {
  return { id, name, siteId, shape, version };
}
