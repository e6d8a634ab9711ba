import { infiniteQueryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { HandoverNote } from "@/server/contracts/handover-note.ts";

const Notes = z.object({ items: z.array(HandoverNote), nextCursor: z.string().nullable() });
const PAGE = 20;
const ASKED_EVERY_MS = 60_000;

export const notesQuery = () =>
  infiniteQueryOptions({
    queryKey: ["handover"],
    queryFn: ({ pageParam, signal }) => {
      const cursor = pageParam === null ? "" : `&cursor=${pageParam}`;
      return fetchJson(`/api/v1/handover-notes?limit=${PAGE}${cursor}`, Notes, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ASKED_EVERY_MS,
  });
