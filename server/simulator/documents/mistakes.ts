import type { Vehicle } from "../fleet/vehicle.ts";
import type { SimulatedSite } from "../sites.ts";
import type { Delivery } from "./delivery.ts";
import { orderFields } from "./order-fields.ts";
import type { DraftTimes, PaperworkDeps, Trip } from "./paperwork.ts";

const MINUTE_MS = 60_000;

type MistakeDeps = Pick<PaperworkDeps, "send" | "schedule" | "sap" | "salesforce"> & {
  draft(vehicle: Vehicle, trip: Trip, times: DraftTimes): Delivery;
};

/** Now and then somebody enters something twice and takes it back: rows that are deleted, marked, or brought back. */
export function createMistakes({ send, schedule, sap, salesforce, draft }: MistakeDeps) {
  return {
    maybeMake(vehicle: Vehicle, destination: SimulatedSite): void {
      const { random, timeMs, phaseEndMs } = vehicle;
      if (!random.chance(0.06)) return;
      const times = { numberMs: timeMs, createdMs: timeMs + MINUTE_MS, issueMs: phaseEndMs };
      const mistake = draft(vehicle, { origin: vehicle.site, destination }, times);
      const madeMs = timeMs + Math.round(random.between(1, 4) * MINUTE_MS);
      const foundMs = madeMs + Math.round(random.between(1, 5) * MINUTE_MS);
      const removal = random.pick([removeRows, markDeleted] as const);
      const isRestored = random.chance(0.5);
      schedule(madeMs, (now) => make(mistake, now));
      schedule(foundMs, (now) => {
        send(salesforce("DELETE", [mistake.salesforceId], {}, now));
        removal(mistake, now);
      });
      if (isRestored) schedule(foundMs + 2 * MINUTE_MS, (now) => restoreOrder(mistake, now));
    },
  };

  function make(mistake: Delivery, timeMs: number): void {
    send(salesforce("CREATE", [mistake.salesforceId], orderFields(mistake, "Draft", timeMs), timeMs));
    send(sap.insert("LIKP", mistake.header, timeMs));
    for (const line of mistake.lines) send(sap.insert("LIPS", line, timeMs));
  }

  /** The rows are gone from the tables: the log has them as they were. */
  function removeRows(mistake: Delivery, timeMs: number): void {
    for (const line of mistake.lines) send(sap.remove("LIPS", line, timeMs));
    send(sap.remove("LIKP", mistake.header, timeMs));
  }

  /** A deletion flag is an update like any other: the row stays. */
  function markDeleted(mistake: Delivery, timeMs: number): void {
    send(sap.update("LIKP", mistake.header, { SPE_LOEKZ: "X" }, "full", timeMs));
  }

  function restoreOrder(mistake: Delivery, timeMs: number): void {
    send(salesforce("UNDELETE", [mistake.salesforceId], orderFields(mistake, "Draft", timeMs), timeMs));
  }
}
