import type { Motion, Service } from "./vehicle.ts";

/** A question to the live columns of the whole fleet. All filters are joined by "and"; an absent one lets all through. */
export type FleetQuery = {
  /** Part of a vehicle id, any case. */
  text?: string;
  motions?: readonly Motion[];
  services?: readonly Service[];
  bounds?: { west: number; south: number; east: number; north: number };
  /** `worst`: critical, late, at risk, offline, moving, the rest; then by id. `seen`: newest first. */
  sort: "id" | "worst" | "speed" | "seen";
  /** As given by `nextCursor`; `null` starts at the beginning. */
  cursor: string | null;
  limit: number;
};

export type FleetPage = { ids: string[]; total: number; nextCursor: string | null };

/** The web side's own picture of where everything is, folded from change chunks. */
export type FleetIndex = {
  find(query: FleetQuery): FleetPage;
  has(id: string): boolean;
  size(): number;
};
