import type { Fence, FenceShape, LineFence } from "../../contracts/fence.ts";

export type FenceReader = {
  /** The fences admins drew that are in force, by id, after `afterId` when it is given. */
  list(options: { afterId: string | null; limit: number }): Promise<Fence[]>;
};

export type FenceWriter = {
  get(id: string): Promise<Fence | null>;
  /** The one in place of this site's circle. */
  ofSite(siteId: string): Promise<Fence | null>;
  add(fence: { name: string; siteId: string | null; shape: FenceShape }, updatedBy: string): Promise<Fence>;
  /** Returns how it is then. */
  save(id: string, change: { name: string; shape: FenceShape }, updatedBy: string): Promise<Fence>;
  /** Takes it out of force; visits that name it still find it. */
  remove(id: string, updatedBy: string): Promise<void>;
};

/**
 * Every fence the telemetry line checks: each placed site's circle or what was drawn in its place, and the fences of
 * their own.
 */
export type LineFences = () => Promise<LineFence[]>;
