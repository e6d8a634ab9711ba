import type { Metadata } from "next";
import { Sites } from "@/components/admin/sites/sites.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.pages.sites };

export default async function SitesPage() {
  const { actor, isAllowed } = await requirePageActor("admin");
  return isAllowed ? <Sites /> : <Refused needs={["admin"]} role={actor.role} />;
}
