import type { Delivery } from "../documents/delivery.ts";
import type { createPaperwork } from "../documents/paperwork.ts";
import type { Vehicle } from "../fleet/vehicle.ts";
import type { Send } from "../outgoing.ts";
import type { Random } from "../random.ts";

/**
 * Two changes of one row in a moment, the newer sent first. The newer sets all that the older set, so whoever follows
 * the order of the source leaves the older one out of the row.
 */
export function createLateChanges(deps: {
  fleet: readonly Vehicle[];
  random: Random;
  paperwork: Pick<ReturnType<typeof createPaperwork>, "retouch">;
  send: Send;
}) {
  const { fleet, random, paperwork, send } = deps;

  /** From a random vehicle on, the first whose papers are known to the reader of the log. */
  function someDelivery(system: "sap" | "salesforce"): Delivery | null {
    const first = random.whole(0, fleet.length);
    for (let step = 0; step < fleet.length; step++) {
      const { delivery } = fleet[(first + step) % fleet.length]!;
      if (delivery?.shipment.header.isTold && (system === "sap" || delivery.salesOrder)) return delivery;
    }
    return null;
  }

  return function sendLateChange(system: "sap" | "salesforce", nowMs: number): boolean {
    const delivery = someDelivery(system);
    if (!delivery) return false;
    const older = paperwork.retouch(system, delivery, "01", nowMs);
    const newer = paperwork.retouch(system, delivery, "03", nowMs);
    send(newer);
    send(older);
    return true;
  };
}
