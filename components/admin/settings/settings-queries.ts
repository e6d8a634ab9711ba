import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { z } from "zod";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { ApiKey } from "@/server/contracts/api-key.ts";
import { AuditLine } from "@/server/contracts/audit.ts";
import { Person, PersonSession } from "@/server/contracts/person.ts";
import { SignInSetting } from "@/server/contracts/sign-in-setting.ts";

const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

const PeoplePage = pageOf(Person);
const KeyPage = pageOf(ApiKey);
const AuditPage = pageOf(AuditLine);
const Sessions = z.object({ items: z.array(PersonSession) });

const PAGE = 100;

const search = (values: Record<string, string | number | null | undefined>) => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== null && value !== undefined && value !== "") params.set(name, String(value));
  return params;
};

export const peopleQuery = (q: string) =>
  infiniteQueryOptions({
    queryKey: ["people", q],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(`/api/v1/people?${search({ q, limit: PAGE, cursor: pageParam })}`, PeoplePage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

export const sessionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["people", "sessions", id],
    queryFn: ({ signal }) => fetchJson(`/api/v1/people/${id}/sessions`, Sessions, { signal }),
  });

export const signInSettingQuery = () =>
  queryOptions({
    queryKey: ["sign-in-setting"],
    queryFn: ({ signal }) => fetchJson("/api/v1/settings/sign-in", SignInSetting, { signal }),
  });

export const keysQuery = () =>
  infiniteQueryOptions({
    queryKey: ["api-keys"],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(`/api/v1/api-keys?${search({ limit: PAGE, cursor: pageParam })}`, KeyPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });

/** As the address of the page tells it; times are ISO. */
export type AuditFilters = { action: string; subject: string; actor: string; from: string; to: string };

export const auditSearch = (filters: AuditFilters) => search(filters);

export const auditQuery = (filters: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ["audit", filters],
    queryFn: ({ pageParam, signal }) =>
      fetchJson(`/api/v1/audit?${search({ ...filters, limit: PAGE, cursor: pageParam })}`, AuditPage, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
  });
