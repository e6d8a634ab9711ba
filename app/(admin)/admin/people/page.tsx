import type { Metadata } from "next";
import { People } from "@/components/admin/settings/people.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.settings.tabs.people };

export default async function PeoplePage() {
  const { actor, isAllowed } = await requirePageActor("admin");
  return isAllowed ? <People /> : <Refused needs={["admin"]} role={actor.role} />;
}
