import type { Fence } from "../../contracts/fence.ts";
import { AppError } from "../../platform/errors.ts";

/** What the audit trail keeps a change under: the fence of a site is part of the story of that site. */
export const subjectOf = ({ id, siteId }: Pick<Fence, "id" | "siteId">): string =>
  siteId === null ? `fence:${id}` : `site:${siteId}`;

export function noSuchFence(): AppError {
  return new AppError("not_found", "no such fence");
}
