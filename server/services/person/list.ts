import { z } from "zod";
import type { Context } from "../context.ts";
import { defineCursor } from "../cursor.ts";
import type { Page } from "../page.ts";
import { requireRole } from "../require-role.ts";
import type { StoredInvitation, StoredPerson } from "./port.ts";

export type ListPeopleInput = { q?: string | undefined; limit: number; cursor?: string | undefined };
export type ListedPerson = StoredPerson | StoredInvitation;

const PeopleCursor = defineCursor("people", z.string().min(1).max(254));

/** Everybody who may sign in, by e-mail; those who are invited stand before them on the first page. */
export async function listPeople(context: Context, { q, limit, cursor }: ListPeopleInput): Promise<Page<ListedPerson>> {
  requireRole(context.actor, "admin");
  const asOfMs = context.now();
  const afterEmail = cursor === undefined ? null : PeopleCursor.decode(cursor);
  const people = await context.people.list({ q: q ?? null, afterEmail, limit: limit + 1 });
  const invited = cursor === undefined ? await context.people.openInvitations(new Date(asOfMs)) : [];
  const wanted = q?.toLowerCase() ?? "";
  const items = people.slice(0, limit);
  const last = items.at(-1);
  return {
    items: [...invited.filter(({ email, name }) => `${email} ${name}`.toLowerCase().includes(wanted)), ...items],
    nextCursor: last && people.length > limit ? PeopleCursor.encode(last.email) : null,
    asOfMs,
  };
}
