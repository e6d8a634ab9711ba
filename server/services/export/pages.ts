import type { ExportInput } from "../../contracts/export-job.ts";
import type { Context } from "../context.ts";
import { listOrders } from "../order/list.ts";
import type { Page } from "../page.ts";
import { PAGE_SIZE_MAX } from "../page.ts";
import { requireRole } from "../require-role.ts";
import { listPositions } from "../stock/list-positions.ts";
import { listVehicles } from "../vehicle/list.ts";
import type { ExportItems } from "./columns.ts";

const LEDGER_PAGE = 5_000;

type Pages<Item> = AsyncIterable<readonly Item[]>;

/** What an export is made of, page by page, by the same verbs that answer the lists: nobody exports what they may not see. */
export function pagesOf<Input extends ExportInput>(context: Context, input: Input): Pages<ExportItems[Input["kind"]]> {
  return pagesOfKind(context, input) as Pages<ExportItems[Input["kind"]]>;
}

function pagesOfKind(context: Context, input: ExportInput): Pages<ExportItems[ExportInput["kind"]]> {
  switch (input.kind) {
    case "vehicles": {
      const { q, motion, service, bounds } = input.filter;
      const filter = {
        ...(q !== undefined && { text: q }),
        ...(motion && { motions: motion }),
        ...(service && { services: service }),
        ...(bounds && { bounds }),
      };
      return following((place) => listVehicles(context, { ...filter, sort: input.sort, ...place }));
    }
    case "orders":
      return following((place) => listOrders(context, { ...input.filter, sort: input.sort, ...place }));
    case "inventory":
      return following((place) => listPositions(context, { ...input.filter, sort: "risk", ...place }));
    case "movements":
      return ledgerPages(context, input);
  }
}

type Place = { limit: number; cursor: string | undefined };

async function* following<Item>(list: (place: Place) => Promise<Page<Item>>): Pages<Item> {
  let cursor: string | undefined;
  do {
    const page = await list({ limit: PAGE_SIZE_MAX, cursor });
    yield page.items;
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
}

async function* ledgerPages(context: Context, { filter }: Extract<ExportInput, { kind: "movements" }>) {
  requireRole(context.actor, "planner");
  let after: { postedAtMs: number; id: string } | null = null;
  for (;;) {
    const page = await context.ledger.page(filter, { after, limit: LEDGER_PAGE });
    yield page;
    const last = page.at(-1);
    if (!last || page.length < LEDGER_PAGE) return;
    after = { postedAtMs: last.postedAtMs, id: last.id };
  }
}

/** How many rows there will be, where that is cheap to know. */
export async function totalOf(context: Context, input: ExportInput): Promise<number | null> {
  return input.kind === "movements" ? context.ledger.count(input.filter) : null;
}
