import type { StockLevel } from "../domain/stock.ts";
import type { PositionKey } from "../domain/stock-projection/compose-position.ts";
import { Prisma } from "../generated/prisma/client.ts";
import type { IssuedDay, StockReader } from "../services/stock/port.ts";
import type { Db } from "./client.ts";
import { readBalances } from "./stock-balances.ts";
import { type LevelRow, quantitiesOf, recordOf } from "./stock-levels.ts";

const DAY_MS = 86_400_000;

export function createStockReader(db: Db): StockReader {
  /** A level that MARD alone tells has no unit of its own: it is the material's. */
  async function levelsWhere(which: Prisma.Sql): Promise<StockLevel[]> {
    const rows = await db.$queryRaw<LevelRow[]>`
      select client, material, site, storage_location,
        case when unit <> '' then unit else coalesce((
          select body ->> 'unit' from business_object
          where kind = 'material' and id = 'sap:' || client || ':' || material), '') end as unit,
        unrestricted::text, quality_inspection::text, blocked::text, in_transit::text, movements, left_out, snapshot,
        last_movement_at, topic, partition, record_offset::text, record_timestamp
      from stock_level where ${which}
      order by client, material, site, storage_location`;
    return rows.map(toLevel);
  }

  return {
    levels: ({ after, limit }) =>
      levelsWhere(Prisma.sql`(client, material, site) in (
        select client, material, site from stock_level
        where ${after === null}::boolean
          or (client, material, site) > (${after?.client ?? ""}, ${after?.material ?? ""}, ${after?.site ?? ""})
        order by client, material, site limit ${limit}::integer)`),

    levelsOf: (positions) => levelsWhere(Prisma.sql`(client, material, site) in (${wanted(positions)})`),

    movements: (position, options) => readBalances(db, position, options),

    async issued({ movementTypes, days, nowMs, positions }) {
      const today = nowMs - (nowMs % DAY_MS);
      const since = new Date(today - (days - 1) * DAY_MS);
      const until = new Date(today + DAY_MS);
      return db.$queryRaw<IssuedDay[]>`
        select client, material, site, (-sum(quantity))::text as quantity,
          (${new Date(today)}::timestamptz::date - posted_at::date)::integer as "daysAgo"
        from stock_movement
        where movement_type = any(${[...movementTypes]}::text[]) and stock_type <> 'inTransit'
          and posted_at >= ${since}::timestamptz and posted_at < ${until}::timestamptz and ${among(positions)}
        group by client, material, site, "daysAgo"
        order by client, material, site, "daysAgo"`;
    },

    async firstMovements(positions) {
      const rows = await db.$queryRaw<(PositionKey & { at: Date })[]>`
        select client, material, site, min(posted_at) as at from stock_movement
        where ${among(positions)}
        group by client, material, site`;
      return rows.map(({ at, ...key }) => ({ ...key, atMs: at.getTime() }));
    },
  };
}

const among = (positions: readonly PositionKey[] | undefined): Prisma.Sql =>
  positions === undefined ? Prisma.sql`true` : Prisma.sql`(client, material, site) in (${wanted(positions)})`;

const wanted = (positions: readonly PositionKey[]): Prisma.Sql => Prisma.sql`
  select * from unnest(${positions.map(({ client }) => client)}::text[],
    ${positions.map(({ material }) => material)}::text[], ${positions.map(({ site }) => site)}::text[])`;

/** Where no movement is known, what MARD says is the figure. */
function toLevel(row: LevelRow): StockLevel {
  const { client, material, site, storage_location: storageLocation, unit, snapshot } = row;
  const basis = row.movements > 0 || snapshot === null ? "movements" : "snapshot";
  return {
    ...{ client, material, site, storageLocation, unit, basis, snapshot },
    quantities: basis === "snapshot" && snapshot ? snapshot.quantities : quantitiesOf(row),
    lastMovementAtMs: row.last_movement_at?.getTime() ?? null,
    record: recordOf(row),
  };
}
