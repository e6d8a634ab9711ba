import type { Metadata } from "next";
import { en } from "@/components/messages/en.ts";
import { Orders } from "@/components/orders/orders.tsx";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.pages.orders };

/** What is shown is in the address, which the page reads in the browser too: here it is only opened or refused. */
export default async function OrdersPage() {
  const { actor, isAllowed } = await requirePageActor("planner");
  if (!isAllowed) return <Refused needs={["planner", "manager", "admin"]} role={actor.role} />;
  return <Orders />;
}
