import type { Vehicle } from "../fleet/vehicle.ts";
import type { Delivery } from "./delivery.ts";
import type { DraftTimes } from "./loads.ts";
import type { PaperworkDeps } from "./paperwork.ts";

const MINUTE_MS = 60_000;

/** Now and then an order and its delivery are entered twice: rows that are deleted, marked, or brought back. */
export function createMistakes({ schedule, books, desk, orderBook, loads }: PaperworkDeps) {
  return {
    maybeMake(vehicle: Vehicle, times: DraftTimes, endMs: number): void {
      const { random, timeMs, site } = vehicle;
      const { destination, salesOrder } = vehicle.delivery!;
      if (!salesOrder || !random.chance(0.12)) return;
      const twin = loads.newOrder({ origin: site, destination, ...times, random });
      const delivery = twin && loads.draftSale(vehicle, salesOrder, times, true);
      if (!delivery) return;
      loads.release(delivery);
      const madeMs = timeMs + Math.round(random.between(7, 12) * MINUTE_MS);
      const foundMs = Math.min(endMs, madeMs + Math.round(random.between(1, 5) * MINUTE_MS));
      const removal = random.pick([removeRows, markDeleted] as const);
      const isRestored = random.chance(0.5);
      schedule(madeMs, (now) => {
        desk.draft(twin, now);
        books.insert([delivery.header, ...delivery.lines.map(({ record }) => record)], now);
      });
      schedule(foundMs, (now) => {
        books.removeCrm([twin.crm, ...twin.lines.map(({ crmItem }) => crmItem)], now);
        removal(delivery, now);
        delivery.state = "withdrawn";
        twin.state = "withdrawn";
        loads.deliveries.close(delivery.number);
        orderBook.orders.close(twin.number);
      });
      if (isRestored) schedule(foundMs + 2 * MINUTE_MS, (now) => books.createCrm([twin.crm], now, "UNDELETE"));
    },
  };

  function removeRows(mistake: Delivery, timeMs: number): void {
    books.remove([...mistake.lines.map(({ record }) => record), mistake.header], timeMs);
  }

  /** A deletion flag is an update like any other: the row stays. */
  function markDeleted(mistake: Delivery, timeMs: number): void {
    books.update(mistake.header, { SPE_LOEKZ: "X" }, timeMs, "full");
  }
}
