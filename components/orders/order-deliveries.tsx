"use client";

import Link from "next/link";
import { rowPath } from "@/components/admin/data/link-path.ts";
import { useRole } from "@/components/shell/role.tsx";
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
          {sources.map((row) => (
            <SourceRow key={`${row.system} ${row.entity} ${row.key}`} row={row} />
          ))}
        </section>
      )}
    </>
  );
}

/** Where the row is: an admin is led to it and its history, everybody else can name it to one. */
function SourceRow({ row }: { row: Order["sources"][number] }) {
  const role = useRole();
  const name = `${row.entity} ${row.key}`;
  if (role !== "admin") return <span className="mono dim">{name}</span>;
  return (
    <Link className="link mono" href={rowPath(row)}>
      {name}
    </Link>
  );
}
