import type { ReactNode } from "react";
import { Shell } from "@/components/shell/shell.tsx";
import { requirePageActor } from "@/server/access/page.ts";

/** Everything signed-in. Pages ask again for the role they need: a layout is not run for every move between pages. */
export default async function TowerLayout({ children }: { children: ReactNode }) {
  const { actor } = await requirePageActor("planner");
  return <Shell person={{ name: actor.name, role: actor.role ?? "planner" }}>{children}</Shell>;
}
