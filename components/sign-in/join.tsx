"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, PasswordInput } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useMemo, useSyncExternalStore } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure, sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences, useText } from "@/components/ui/preferences.tsx";
import { Wheel } from "@/components/ui/wheel.tsx";
import { PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from "@/server/contracts/password.ts";
import { InvitationShown } from "@/server/contracts/person.ts";
import "./sign-in.css";

const makePasswords = ({ settings: { join } }: Messages) =>
  z
    .object({
      password: z
        .string()
        .min(PASSWORD_LENGTH_MIN, join.tooShort(String(PASSWORD_LENGTH_MIN)))
        .max(PASSWORD_LENGTH_MAX),
      again: z.string(),
    })
    .refine(({ password, again }) => password === again, { path: ["again"], message: join.different });
type Passwords = z.infer<ReturnType<typeof makePasswords>>;

const never = () => () => undefined;
const Joined = z.object({ email: z.string() });

/** What the link of an invitation opens. Its secret stands behind the `#`, where no server and no log sees it. */
export function Join() {
  const text = useText();
  const { join } = text.settings;
  const token = useSyncExternalStore(
    never,
    () => window.location.hash.slice(1),
    () => null,
  );
  const shown = useQuery({
    queryKey: ["join", token],
    queryFn: ({ signal }) =>
      sendJson("/api/join/show", { method: "POST", body: { token } }, InvitationShown, { signal }),
    enabled: token !== null && token !== "",
    retry: false,
  });
  const isOver = token === "" || (shown.error instanceof ApiFailure && [400, 404].includes(shown.error.status));
  return (
    <main className="join">
      <div className="join-panel">
        <Wheel size={40} />
        <h1>{isOver ? join.over : shown.data?.kind === "reset" ? join.titleReset : join.title}</h1>
        {isOver && <p className="dim">{join.overBody}</p>}
        {!isOver && shown.error && <p role="alert">{failureWords(shown.error, text)}</p>}
        {shown.data && token && <PasswordForm token={token} invitation={shown.data} />}
      </div>
    </main>
  );
}

function PasswordForm({ token, invitation }: { token: string; invitation: InvitationShown }) {
  const { text } = usePreferences();
  const { join } = text.settings;
  const resolver = useMemo(() => zodResolver(makePasswords(text)), [text]);
  const { register, handleSubmit, formState } = useForm<Passwords>({
    resolver,
    defaultValues: { password: "", again: "" },
  });
  const set = useMutation({
    mutationFn: ({ password }: Passwords) =>
      sendJson("/api/join", { method: "POST", body: { token, password } }, Joined),
    retry: false,
  });
  if (set.isSuccess)
    return (
      <>
        <p role="status">{join.done}</p>
        <Button component="a" href="/sign-in" variant="filled">
          {join.signIn}
        </Button>
      </>
    );
  return (
    <form className="sign-in-form" noValidate onSubmit={handleSubmit((passwords) => set.mutate(passwords))}>
      <p className="dim">{join.hello(invitation.name, invitation.email)}</p>
      <input type="text" hidden readOnly autoComplete="username" value={invitation.email} />
      <PasswordInput
        size="sm"
        label={join.password}
        description={join.passwordHint(String(PASSWORD_LENGTH_MIN))}
        autoComplete="new-password"
        autoFocus
        error={formState.errors.password?.message}
        visibilityToggleButtonProps={{ "aria-label": text.signIn.showPassword, tabIndex: 0 }}
        {...register("password")}
      />
      <PasswordInput
        size="sm"
        label={join.again}
        autoComplete="new-password"
        error={formState.errors.again?.message}
        visibilityToggleButtonProps={{ "aria-label": text.signIn.showPassword, tabIndex: 0 }}
        {...register("again")}
      />
      <div role="alert" className="sign-in-refusal">
        {set.error && failureWords(set.error, text)}
      </div>
      <Button type="submit" size="sm" variant="filled" loading={set.isPending}>
        {join.go}
      </Button>
    </form>
  );
}
