import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { Order, OrderPage } from "@/server/contracts/order.ts";
import type { OrdersView } from "./orders-view.ts";

/** A question to `GET /api/v1/orders`, as the API names its parameters. */
export type OrderQuestion = Record<string, string>;

export const PAGE_SIZE = 200;

/** What the list asks of the API for this view. */
export function questionOf(view: OrdersView, at: string | null = null): OrderQuestion {
  const question: OrderQuestion = { sort: view.sort, limit: String(PAGE_SIZE) };
  if (at !== null) question.asOf = at;
  if (view.text) question.q = view.text;
  if (view.risks.length > 0) question.risk = view.risks.join(",");
  if (view.statuses.length > 0) question.status = view.statuses.join(",");
  if (view.customer) question.customer = view.customer;
  if (view.site) question.site = view.site;
  if (view.from) question.from = view.from;
  if (view.to) question.to = view.to;
  if (view.due) question.due = view.due;
  return question;
}

export const ORDER_LIST_KEY = "order-list";

/** The whole list, page by page as it is scrolled. */
export const orderListQuery = (question: OrderQuestion) =>
  infiniteQueryOptions({
    queryKey: [ORDER_LIST_KEY, question],
    queryFn: ({ pageParam, signal }) => {
      const params = new URLSearchParams(pageParam ? { ...question, cursor: pageParam } : question);
      return fetchJson(`/api/v1/orders?${params}`, OrderPage, { signal });
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });

/** One order now, or at a moment of the past. */
export const orderQuery = (id: string, at: string | null = null) =>
  queryOptions({
    queryKey: at === null ? ["order", id] : ["order", id, at],
    queryFn: ({ signal }) =>
      fetchJson(`/api/v1/orders/${encodeURIComponent(id)}${at === null ? "" : `?asOf=${at}`}`, Order, { signal }),
  });
