import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { fetchJson } from "@/components/ui/fetch-json.ts";
import { Order, OrderPage } from "@/server/contracts/order.ts";
import type { OrdersView } from "./orders-view.ts";

/** A question to `GET /api/v1/orders`, as the API names its parameters. */
export type OrderQuestion = Record<string, string>;

export const PAGE_SIZE = 200;

/** What the list asks of the API for this view. */
export function questionOf(view: OrdersView): OrderQuestion {
  const question: OrderQuestion = { sort: view.sort, limit: String(PAGE_SIZE) };
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

export const orderQuery = (id: string) =>
  queryOptions({
    queryKey: ["order", id],
    queryFn: ({ signal }) => fetchJson(`/api/v1/orders/${encodeURIComponent(id)}`, Order, { signal }),
  });
