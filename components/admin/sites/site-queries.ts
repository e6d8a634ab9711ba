import { queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { AuditLine } from "@/server/contracts/audit.ts";
import { Fence } from "@/server/contracts/fence.ts";

const FencePage = z.object({ items: z.array(Fence), nextCursor: z.string().nullable() });
const AuditPage = z.object({ items: z.array(AuditLine) });

const FENCES_PAGE = 1_000;
const FENCES_PAGES_MAX = 10;
const HISTORY_LINES = 50;

/** All fences that were drawn. */
export const fencesQuery = () =>
  queryOptions({
    queryKey: ["fences"],
    queryFn: async ({ signal }) => {
      const fences: Fence[] = [];
      let cursor: string | null = null;
      for (let page = 0; page < FENCES_PAGES_MAX; page += 1) {
        const params = new URLSearchParams({ limit: String(FENCES_PAGE), ...(cursor !== null && { cursor }) });
        const answer: z.infer<typeof FencePage> = await fetchJson(`/api/v1/fences?${params}`, FencePage, { signal });
        fences.push(...answer.items);
        cursor = answer.nextCursor;
        if (cursor === null) break;
      }
      return fences;
    },
  });

/** What people changed of one thing, newest first. The trail finds by the beginning of a name, so others are left out. */
export const historyQuery = (subject: string) =>
  queryOptions({
    queryKey: ["audit", "history", subject],
    queryFn: async ({ signal }) => {
      const params = new URLSearchParams({ subject, limit: String(HISTORY_LINES) });
      const { items } = await fetchJson(`/api/v1/audit?${params}`, AuditPage, { signal });
      return items.filter((line) => line.subject === subject);
    },
  });

export const sitePath = (id: string) => `/api/v1/sites/${encodeURIComponent(id)}`;
export const fencePath = (id: string) => `/api/v1/fences/${encodeURIComponent(id)}`;
