import type { Metadata } from "next";
import { Fleet } from "@/components/fleet/fleet.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.pages.fleet };

/** What is shown is in the address, which the page reads in the browser too: here it is only opened or refused. */
export default async function FleetPage() {
  const { actor, isAllowed } = await requirePageActor("planner");
  if (!isAllowed) return <Refused needs={["planner", "manager", "admin"]} role={actor.role} />;
  return <Fleet />;
}
