"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Checkbox, PasswordInput, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { useForm } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { signIn } from "./sign-in-request.ts";

const makeCredentials = ({ signIn: { errors } }: Messages) =>
  z.object({
    email: z.string().trim().min(1, errors.emailMissing).pipe(z.email(errors.emailWrong)),
    password: z.string().min(1, errors.passwordMissing),
    keep: z.boolean(),
  });
type Credentials = z.infer<ReturnType<typeof makeCredentials>>;

/** E-mail and password. What is wrong is said in words, at the field or above the button. */
export function SignInForm({ onSignedIn }: { onSignedIn: () => void }) {
  const text = useText();
  const resolver = useMemo(() => zodResolver(makeCredentials(text)), [text]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const { register, handleSubmit, setFocus, resetField, formState } = useForm<Credentials>({
    resolver,
    defaultValues: { email: "", password: "", keep: true },
  });

  const submit = handleSubmit(async ({ email, password, keep }) => {
    setRefusal(null);
    const outcome = await signIn({ email, password, rememberMe: keep });
    if (outcome === "signed_in") return onSignedIn();
    setRefusal(text.signIn.errors[outcome]);
    if (outcome !== "wrong") return;
    resetField("password");
    setFocus("password");
  });

  const { email, password } = formState.errors;
  return (
    <form onSubmit={submit} noValidate className="sign-in-form">
      <TextInput
        size="sm"
        label={text.signIn.email}
        type="email"
        autoComplete="username"
        autoFocus
        error={email?.message}
        {...register("email")}
      />
      <PasswordInput
        size="sm"
        label={text.signIn.password}
        autoComplete="current-password"
        error={password?.message}
        visibilityToggleButtonProps={{ "aria-label": text.signIn.showPassword, tabIndex: 0 }}
        {...register("password")}
      />
      <Checkbox label={text.signIn.keep} {...register("keep")} />
      <div role="alert" className="sign-in-refusal">
        {refusal}
      </div>
      <Button type="submit" size="sm" fullWidth variant="filled" loading={formState.isSubmitting}>
        {text.signIn.submit}
      </Button>
    </form>
  );
}
