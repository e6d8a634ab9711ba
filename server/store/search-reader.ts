import type { FoundObject, SearchReader } from "../services/search/port.ts";
import type { Db } from "./client.ts";

const PREFIX_LENGTH_MAX = 100;

export function createSearchReader(db: Db): SearchReader {
  return {
    async find(prefix, { kinds, limit }) {
      const begins = prefix.trim().toLowerCase().slice(0, PREFIX_LENGTH_MAX);
      if (begins === "") return [];
      const pattern = `${begins.replace(/[\\%_]/g, "\\$&")}%`;
      return db.$queryRaw<FoundObject[]>`
        select found.kind, found.id, found.title
        from unnest(${[...kinds]}::text[]) with ordinality as wanted (kind, place)
        cross join lateral (
          select kind, id, min(title) as title, min(length(term)) as shortest from search_term
          where lower(term) like ${pattern} and kind = wanted.kind
          group by kind, id order by shortest, id limit ${limit}::integer
        ) as found
        order by place, shortest, id`;
    },
  };
}
