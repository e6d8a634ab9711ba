"use client";

import { Button, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useMoment } from "@/components/map/moment.ts";
import type { Messages } from "@/components/messages/en.ts";
import { ExportButton } from "@/components/ui/export-button.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { StockMovement } from "@/server/contracts/stock.ts";
import { movementsQuery } from "./inventory-queries.ts";
import { changeText, documentNumber, quantityText } from "./stock-words.ts";

/** `<client>:<material>@<site>`, as an export names the two. */
function ledgerOf(id: string): { material: string; site: string } {
  const at = id.lastIndexOf("@");
  return { material: id.slice(id.indexOf(":") + 1, at), site: id.slice(at + 1) };
}

/** The ledger, newest first: what happened in plain words, with type and document, and what was there afterwards. */
export function Movements({ id, nowMs }: { id: string; nowMs: number }) {
  const { text } = usePreferences();
  const { detail } = text.inventory;
  const query = useInfiniteQuery(movementsQuery(id, useMoment().at));
  const movements = query.data?.pages.flatMap(({ items }) => items);
  return (
    <Section
      title={detail.movements}
      aside={
        <span className="row">
          {detail.movementsFrom}
          <ExportButton wish={{ kind: "movements", filter: ledgerOf(id) }} />
        </span>
      }
    >
      {content()}
    </Section>
  );

  function content() {
    if (!movements)
      return query.isError ? (
        <p className="small tone-high">{detail.movementsFailed}</p>
      ) : (
        <div className="late" aria-busy="true">
          <span className="visually-hidden">{detail.loadingMovements}</span>
          <Skeleton h={120} />
        </div>
      );
    if (movements.length === 0) return <p className="small faint">{detail.noMovements}</p>;
    return (
      <>
        <table className="table movements">
          <thead>
            <tr>
              <th scope="col">{detail.when}</th>
              <th scope="col">{detail.what}</th>
              <th scope="col" className="num">
                {detail.quantity}
              </th>
              <th scope="col" className="num">
                {detail.balance}
              </th>
            </tr>
          </thead>
          <tbody>
            {movements.map((movement) => (
              <MovementRow key={movement.id} movement={movement} nowMs={nowMs} />
            ))}
          </tbody>
        </table>
        {query.hasNextPage && (
          <Button loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()} mt={8}>
            {detail.moreMovements}
          </Button>
        )}
      </>
    );
  }
}

function MovementRow({ movement, nowMs }: { movement: StockMovement; nowMs: number }) {
  const { text, formats } = usePreferences();
  const { detail } = text.inventory;
  const { movementType, document, quantity, balance, record, stockType } = movement;
  const isFree = stockType === "unrestricted";
  const place = `${record.topic} ${formats.place(record.partition, record.offset)}`;
  return (
    <tr>
      <td className="dim nowrap">{formats.time(movement.time, nowMs)}</td>
      <td title={place}>
        <span className="movement-what">{movementWords(movement, text)}</span>
        <span className="tiny faint">
          {detail.document(movementType, document)}
          {isFree ? "" : ` · ${text.inventory.stockTypes[stockType]}`}
        </span>
      </td>
      <td className={`num nowrap ${isFree && Number(quantity) > 0 ? "tone-good" : "dim"}`}>
        {changeText(quantity, formats)}
      </td>
      <td className="num strong">{quantityText(balance, formats)}</td>
    </tr>
  );
}

/** `Goods issue to delivery 80334590`, `Goods receipt for 4500012345`. */
export function movementWords({ movementType, reference }: StockMovement, { inventory }: Messages): string {
  const words = inventory.movementTypes[movementType] ?? inventory.movementUnknown(movementType);
  if (reference === null) return words;
  const number = documentNumber(reference.id);
  return reference.kind === "delivery" ? inventory.movementTo(words, number) : inventory.movementFor(words, number);
}
