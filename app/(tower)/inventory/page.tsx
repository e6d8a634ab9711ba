import type { Metadata } from "next";
import { Inventory } from "@/components/inventory/inventory.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.pages.inventory };

/** What is shown is in the address, which the page reads in the browser too: here it is only opened or refused. */
export default async function InventoryPage() {
  const { actor, isAllowed } = await requirePageActor("planner");
  if (!isAllowed) return <Refused needs={["planner", "manager", "admin"]} role={actor.role} />;
  return <Inventory />;
}
