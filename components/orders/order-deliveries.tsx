"use client";

import Link from "next/link";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { Order } from "@/server/contracts/order.ts";
import { dayWords } from "./order-words.ts";

type OrderDeliveriesProps = Pick<Order, "deliveries" | "sources">;

/** Deliveries with their trucks, and the rows of the sources that the order was read from. */
export function OrderDeliveries({ deliveries, sources }: OrderDeliveriesProps) {
  const { text, locale } = usePreferences();
  const words = text.orders.deliveries;
  return (
    <>
      {deliveries.length === 0 ? (
        <p className="order-nothing dim">{words.empty}</p>
      ) : (
        <table className="table" aria-label={words.label}>
          <thead>
            <tr>
              {[words.delivery, words.billOfLading, words.goodsIssue, words.proven, words.vehicle].map((head) => (
                <th key={head}>{head}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {deliveries.map((delivery) => (
              <tr key={delivery.id}>
                <td className="strong">{delivery.number}</td>
                <td>{delivery.billOfLading ?? text.missing}</td>
                <td>{dayWords(delivery.goodsIssueDate, locale, text.missing)}</td>
                <td>{dayWords(delivery.provenDate, locale, text.missing)}</td>
                <td>
                  {delivery.vehicleId === null ? (
                    text.missing
                  ) : (
                    <Link className="link" href={`/fleet?vehicle=${encodeURIComponent(delivery.vehicleId)}`}>
                      {delivery.vehicleId}
                    </Link>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {sources.length > 0 && (
        <section className="order-sources small" aria-label={words.sources}>
          <h3 className="caption">{words.sources}</h3>
          {sources.map(({ system, entity, key }) => (
            <SnapshotLink key={`${system} ${entity} ${key}`} system={system} entity={entity} row={key} />
          ))}
        </section>
      )}
    </>
  );
}

/** The row as the tower holds it, field by field. */
function SnapshotLink({ system, entity, row }: { system: string; entity: string; row: string }) {
  const path = [system, entity, row].map(encodeURIComponent).join("/");
  return (
    <a className="link mono" href={`/api/v1/snapshots/${path}`} target="_blank" rel="noreferrer">
      {entity} {row}
    </a>
  );
}
