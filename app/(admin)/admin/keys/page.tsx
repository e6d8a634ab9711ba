import type { Metadata } from "next";
import { Keys } from "@/components/admin/settings/keys.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.settings.tabs.keys };

export default async function KeysPage() {
  const { actor, isAllowed } = await requirePageActor("admin");
  return isAllowed ? <Keys /> : <Refused needs={["admin"]} role={actor.role} />;
}
