import type { Metadata } from "next";
import { Data } from "@/components/admin/data/data.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.pages.data };

/** Which tab, which source, record or row: all of it is in the address, which the page reads in the browser. */
export default async function DataPage() {
  const { actor, isAllowed } = await requirePageActor("admin");
  return isAllowed ? <Data /> : <Refused needs={["admin"]} role={actor.role} />;
}
