import type { Vehicle } from "../fleet/vehicle.ts";
import type { Delivery } from "./delivery.ts";
import type { DraftTimes } from "./loads.ts";
import type { PaperworkDeps } from "./paperwork.ts";

const MINUTE_MS = 60_000;

/** Now and then somebody enters something twice and takes it back: rows that are deleted, marked, or brought back. */
export function createMistakes({ schedule, books, desk, loads }: PaperworkDeps) {
  return {
    maybeMake(vehicle: Vehicle, times: DraftTimes, endMs: number): void {
      const { random, timeMs, site } = vehicle;
      const { destination } = vehicle.delivery!;
      if (destination.kind !== "customer" || !random.chance(0.12)) return;
      const order = loads.newOrder({ origin: site, destination, ...times, random });
      const mistake = order && loads.draftSale(vehicle, order, times, true);
      if (!mistake) return;
      loads.release(mistake);
      const madeMs = timeMs + Math.round(random.between(1, 4) * MINUTE_MS);
      const foundMs = Math.min(endMs, madeMs + Math.round(random.between(1, 5) * MINUTE_MS));
      const removal = random.pick([removeRows, markDeleted] as const);
      const isRestored = random.chance(0.5);
      schedule(madeMs, (now) => make(mistake, now));
      schedule(foundMs, (now) => {
        books.removeCrm(crmRows(mistake), now);
        removal(mistake, now);
        mistake.state = "withdrawn";
        order.state = "withdrawn";
        loads.deliveries.close(mistake.number);
      });
      if (isRestored)
        schedule(foundMs + 2 * MINUTE_MS, (now) => books.createCrm([mistake.salesOrder!.crm], now, "UNDELETE"));
    },
  };

  function make(mistake: Delivery, timeMs: number): void {
    desk.draft(mistake.salesOrder!, timeMs);
    books.insert([mistake.header, ...mistake.lines.map(({ record }) => record)], timeMs);
  }

  function removeRows(mistake: Delivery, timeMs: number): void {
    books.remove([...mistake.lines.map(({ record }) => record), mistake.header], timeMs);
  }

  /** A deletion flag is an update like any other: the row stays. */
  function markDeleted(mistake: Delivery, timeMs: number): void {
    books.update(mistake.header, { SPE_LOEKZ: "X" }, timeMs, "full");
  }
}

const crmRows = ({ salesOrder }: Delivery) => [salesOrder!.crm, ...salesOrder!.lines.map(({ crmItem }) => crmItem)];
