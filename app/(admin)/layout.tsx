import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell.tsx";
import { requirePageActor } from "@/server/access/page.ts";

/** The admin's pages stand in the same frame as the others. Each asks again for the role it needs, and may refuse. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const { actor } = await requirePageActor("planner");
  return <Shell person={{ name: actor.name, role: actor.role ?? "planner" }}>{children}</Shell>;
}
