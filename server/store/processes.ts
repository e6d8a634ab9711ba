import type { Db } from "./client.ts";

export type LanesProcess = { id: string; host: string; port: number };

/** Rows of processes that did not say goodbye are kept no longer. */
const FORGOTTEN_AFTER = "1 hour";

/** Says that this process is there, by the clock of the database, which all of them share. */
export async function announceProcess(db: Db, { id, host, port }: LanesProcess): Promise<void> {
  await db.$executeRaw`
    insert into tower_process (id, host, port, seen_at) values (${id}, ${host}, ${port}, now())
    on conflict (id) do update set host = excluded.host, port = excluded.port, seen_at = now()`;
  await db.$executeRaw`delete from tower_process where seen_at < now() - ${FORGOTTEN_AFTER}::interval`;
}

export async function forgetProcess(db: Db, id: string): Promise<void> {
  await db.$executeRaw`delete from tower_process where id = ${id}`;
}

/** Processes with lanes that were heard of within the last seconds. */
export function livingProcesses(db: Db, seconds: number): Promise<LanesProcess[]> {
  return db.$queryRaw<LanesProcess[]>`
    select id, host, port from tower_process where seen_at > now() - make_interval(secs => ${seconds}::float8) order by id`;
}

/** What may have changed while nobody told of it: objects written since, and all stock and sites. */
export async function touchedSince(db: Db, since: Date) {
  const objects = await db.$queryRaw<{ kind: string; id: string }[]>`
    select kind, id from business_object where updated_at >= ${since}`;
  const stock = await db.$queryRaw<{ name: string }[]>`
    select distinct client || ':' || material || '@' || site as name from stock_level`;
  const sites = await db.$queryRaw<{ id: string }[]>`select id from site`;
  return { objects, stock: stock.map(({ name }) => name), sites: sites.map(({ id }) => id) };
}
