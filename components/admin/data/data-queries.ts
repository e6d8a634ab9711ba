import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson, sendJson } from "@/components/ui/fetch-json.ts";
import { Contract } from "@/server/contracts/contract.ts";
import { DeadLetter, DeadLetterCheck, DeadLetterGroup, type DeadLetterStatus } from "@/server/contracts/dead-letter.ts";
import { Snapshot, SnapshotChange, SnapshotEntity, SnapshotRow } from "@/server/contracts/snapshot.ts";
import { Source, SourceMapping } from "@/server/contracts/source.ts";
import { Storage } from "@/server/contracts/storage.ts";

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable(), asOf: z.string() });

const SourcePage = pageOf(Source).extend({ mapping: SourceMapping });
export type SourcePage = z.infer<typeof SourcePage>;
const GroupPage = pageOf(DeadLetterGroup);
const LetterPage = pageOf(DeadLetter);
const ContractPage = pageOf(Contract);
const EntityPage = pageOf(SnapshotEntity);
const RowPage = pageOf(SnapshotRow);
const HistoryPage = pageOf(SnapshotChange);

const LETTERS_PAGE = 50;
const ROWS_PAGE = 50;
/** So many changes of a row are compared; older ones are said to be there. */
const HISTORY_MAX = 1_000;

export const sourcesQuery = () =>
  queryOptions({
    queryKey: ["sources"],
    queryFn: ({ signal }) => fetchJson("/api/v1/sources", SourcePage, { signal }),
  });

/** What is stored, and for how long it is kept. */
export const storageQuery = () =>
  queryOptions({
    queryKey: ["storage"],
    queryFn: ({ signal }) => fetchJson("/api/v1/settings/storage", Storage, { signal }),
  });

export const groupsQuery = () =>
  queryOptions({
    queryKey: ["dead-letters", "groups"],
    queryFn: ({ signal }) => fetchJson("/api/v1/dead-letters/groups", GroupPage, { signal }),
  });

export type LetterQuestion = { status: DeadLetterStatus; reason?: string | undefined; topic?: string | undefined };

export const lettersQuery = (question: LetterQuestion) =>
  infiniteQueryOptions({
    queryKey: ["dead-letters", "list", question],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...question, cursor: pageParam, limit: LETTERS_PAGE };
      return fetchJson(`/api/v1/dead-letters?${search(asked)}`, LetterPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

const letterPath = (id: string) => `/api/v1/dead-letters/${encodeURIComponent(id)}`;

export const letterQuery = (id: string) =>
  queryOptions({
    queryKey: ["dead-letters", "one", id],
    queryFn: ({ signal }) => fetchJson(letterPath(id), DeadLetter, { signal }),
  });

/** A dry run: it asks, although it is sent like a change, because a record can be large. */
export const checkQuery = (id: string, mended: string | null) =>
  queryOptions({
    queryKey: ["dead-letter-check", id, mended],
    queryFn: ({ signal }) => {
      const body = mended === null ? {} : { value: toBase64(mended) };
      return sendJson(`${letterPath(id)}/check`, { method: "POST", body }, DeadLetterCheck, { signal });
    },
    placeholderData: (previous, query) => (query?.queryKey[1] === id ? previous : undefined),
  });

export const contractsQuery = () =>
  queryOptions({
    queryKey: ["contracts"],
    queryFn: async ({ signal }) => (await fetchJson("/api/v1/contracts", ContractPage, { signal })).items,
    staleTime: Number.POSITIVE_INFINITY,
  });

export const entitiesQuery = () =>
  queryOptions({
    queryKey: ["snapshot-entities"],
    queryFn: async ({ signal }) => (await fetchJson("/api/v1/snapshots/entities", EntityPage, { signal })).items,
  });

export type RowQuestion = { system?: string | undefined; entity?: string | undefined; q?: string | undefined };

export const rowsQuery = (question: RowQuestion) =>
  infiniteQueryOptions({
    queryKey: ["snapshots", question],
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...question, cursor: pageParam, limit: ROWS_PAGE };
      return fetchJson(`/api/v1/snapshots?${search(asked)}`, RowPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });

export type RowName = { system: string; entity: string; key: string };

const rowPath = ({ system, entity, key }: RowName) =>
  `/api/v1/snapshots/${[system, entity, key].map(encodeURIComponent).join("/")}`;

export const snapshotQuery = (row: RowName) =>
  queryOptions({
    queryKey: ["snapshot", row],
    queryFn: ({ signal }) => fetchJson(rowPath(row), Snapshot, { signal }),
  });

export const historyQuery = (row: RowName) =>
  queryOptions({
    queryKey: ["snapshot-history", row],
    queryFn: ({ signal }) => fetchJson(`${rowPath(row)}/history?limit=${HISTORY_MAX}`, HistoryPage, { signal }),
  });

function search(values: Record<string, string | number | null | undefined>): URLSearchParams {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== null && value !== "") params.set(name, String(value));
  return params;
}

export function toBase64(text: string): string {
  let binary = "";
  for (const byte of new TextEncoder().encode(text)) binary += String.fromCharCode(byte);
  return btoa(binary);
}

export function fromBase64(base64: string): Uint8Array {
  return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
}
