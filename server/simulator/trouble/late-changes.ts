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
  paperwork: Pick<ReturnType<typeof createPaperwork>, "changeHeader" | "changeOrder">;
  send: Send;
}) {
  const { fleet, random, paperwork, send } = deps;

  /** From a random vehicle on, the first whose delivery is known to the reader of the log. */
  function someDelivery() {
    const first = random.whole(0, fleet.length);
    for (let step = 0; step < fleet.length; step++) {
      const delivery = fleet[(first + step) % fleet.length]!.delivery;
      if (delivery?.isKnown) return delivery;
    }
    return null;
  }

  return function sendLateChange(system: "sap" | "salesforce", nowMs: number): boolean {
    const delivery = someDelivery();
    if (!delivery) return false;
    const change =
      system === "sap"
        ? (priority: string) => paperwork.changeHeader(delivery, { LPRIO: priority }, "partial", nowMs)
        : (priority: string) => paperwork.changeOrder(delivery, { Description: `Priority ${priority}` }, nowMs);
    const older = change("01");
    const newer = change("03");
    send(newer);
    send(older);
    return true;
  };
}
