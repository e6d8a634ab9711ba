"use client";

import { Button } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { signInToDemo } from "./sign-in-request.ts";

/** One button a demo user, only where the server offers them: it does so for a simulated world on this machine. */
export function DemoSignIn({ roles, onSignedIn }: { roles: readonly Role[]; onSignedIn: () => void }) {
  const text = useText();
  const [waiting, setWaiting] = useState<Role | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);

  const enter = async (role: Role) => {
    setWaiting(role);
    setRefusal(null);
    const outcome = await signInToDemo(role);
    if (outcome === "signed_in") return onSignedIn();
    setWaiting(null);
    setRefusal(text.signIn.errors[outcome]);
  };

  if (roles.length === 0) return null;
  return (
    <section className="demo" aria-label={text.signIn.demo}>
      <div className="demo-or">
        <span>{text.signIn.or}</span>
      </div>
      <p className="small dim">{text.signIn.demo}</p>
      <div className="demo-roles">
        {roles.map((role) => (
          <Button
            key={role}
            size="sm"
            loading={waiting === role}
            disabled={waiting !== null && waiting !== role}
            onClick={() => enter(role)}
          >
            {text.shell.roles[role]}
          </Button>
        ))}
      </div>
      <div role="alert" className="sign-in-refusal">
        {refusal}
      </div>
      <p className="small faint">{text.signIn.demoNote}</p>
    </section>
  );
}
