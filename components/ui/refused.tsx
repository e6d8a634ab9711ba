"use client";

import type { Role } from "@/server/contracts/role.ts";
import { usePreferences } from "./preferences.tsx";
import { ProblemState } from "./problem-state.tsx";

/** A page that this role may not see: which role may, and whom to ask. */
export function Refused({ needs, role }: { needs: readonly Role[]; role: Role | null }) {
  const { text, locale } = usePreferences();
  const { errors, shell, missing } = text;
  const roles = new Intl.ListFormat(locale, { type: "disjunction" }).format(needs.map((need) => shell.roles[need]));
  return (
    <div className="whole-panel">
      <ProblemState
        refused
        title={errors.refused}
        reason={errors.refusedBody(roles, role ? shell.roles[role] : missing)}
        stillWorks=""
      />
    </div>
  );
}
