"use client";

import { Button } from "@mantine/core";
import { IconLogin2 } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import { useEffect, useState } from "react";
import { useText } from "@/components/ui/preferences.tsx";
import { Wheel } from "@/components/ui/wheel.tsx";
import { DemoSignIn } from "./demo-sign-in.tsx";
import { SignInForm } from "./sign-in-form.tsx";
import { NO_OPTIONS, signInOptions } from "./sign-in-request.ts";
import "./sign-in.css";

/** Whoever knows the way is through the door before the map takes the machine. */
const MAP_AFTER_MS = 2_000;

// The map is decoration here and heavy: it comes after the form, and nothing of the operation is on it.
const BareMap = dynamic(() => import("./bare-map.tsx").then((module) => module.BareMap), { ssr: false });

/** Why a provider's answer did not open the door. */
export type ProviderRefusal = "forbidden" | "provider";

/** The door: a form on the left, a bare map on the right. `target` is where to go once signed in. */
export function SignIn({ target, refused }: { target: string; refused: ProviderRefusal | null }) {
  const text = useText();
  const [isSettled, settle] = useState(false);
  const [options, setOptions] = useState(NO_OPTIONS);
  useEffect(() => {
    let wanted = true;
    void signInOptions().then((offered) => wanted && setOptions(offered));
    return () => {
      wanted = false;
    };
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => settle(true), MAP_AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  // A full load rather than a move within the page: what was rendered signed-out must not be kept.
  const enter = () => {
    settle(false);
    window.location.assign(target);
  };
  return (
    <div className="sign-in">
      <main className="sign-in-panel">
        <Wheel size={40} />
        <h1>{text.signIn.title}</h1>
        <p className="dim sign-in-tagline">{text.tagline}</p>
        {refused && (
          <p role="alert" className="sign-in-refusal">
            {text.signIn.refused[refused]}
          </p>
        )}
        <SignInForm onSignedIn={enter} />
        {options.provider !== null && (
          <Button
            component="a"
            size="sm"
            mt="sm"
            href={`/api/auth/oidc/start?next=${encodeURIComponent(target)}`}
            leftSection={<IconLogin2 size={16} aria-hidden="true" />}
          >
            {text.signIn.provider(options.provider)}
          </Button>
        )}
        <DemoSignIn roles={options.demo} onSignedIn={enter} />
        <p className="small faint sign-in-audit">{text.signIn.audit}</p>
      </main>
      <aside className="sign-in-map" aria-label={text.signIn.map}>
        {isSettled && <BareMap />}
      </aside>
    </div>
  );
}
