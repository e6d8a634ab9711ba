import type { Metadata } from "next";
import { AuditTrail } from "@/components/admin/settings/audit-trail.tsx";
import { en } from "@/components/messages/en.ts";
import { Refused } from "@/components/ui/refused.tsx";
import { requirePageActor } from "@/server/access/page.ts";

export const metadata: Metadata = { title: en.settings.tabs.audit };

export default async function AuditTrailPage() {
  const { actor, isAllowed } = await requirePageActor("admin");
  return isAllowed ? <AuditTrail /> : <Refused needs={["admin"]} role={actor.role} />;
}
