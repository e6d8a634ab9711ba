"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Switch, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { useForm, useWatch } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure, sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { VehicleProfile, VehicleProfileInput } from "@/server/contracts/vehicle-profile.ts";
import { vehicleQuery } from "./vehicle-queries.ts";

const TEXTS = ["driverName", "driverPhone", "carrierName", "carrierPhone"] as const;

type Fields = Record<(typeof TEXTS)[number], string> & { outOfService: boolean; outOfServiceReason: string };

const PHONE = VehicleProfileInput.shape.driverPhone;

function fieldsSchema({ profile: words }: Messages) {
  const phone = z
    .string()
    .refine((text) => text.trim() === "" || PHONE.safeParse(text).success, { message: words.phoneWrong });
  return z
    .object({
      driverName: z.string().max(100),
      driverPhone: phone,
      carrierName: z.string().max(100),
      carrierPhone: phone,
      outOfService: z.boolean(),
      outOfServiceReason: z.string().max(300),
    })
    .refine(({ outOfService, outOfServiceReason }) => !outOfService || outOfServiceReason.trim() !== "", {
      path: ["outOfServiceReason"],
      message: words.reasonMissing,
    });
}

type FormProps = { id: string; profile: VehicleProfile | null; onDone(): void };

/** Writes down who drives, how to call them, and whether the vehicle is out of service. */
export function VehicleProfileForm({ id, profile, onDone }: FormProps) {
  const text = useText();
  const { profile: words } = text;
  const resolver = useMemo(() => zodResolver(fieldsSchema(text)), [text]);
  const { register, control, handleSubmit, formState } = useForm<Fields>({
    resolver,
    defaultValues: fieldsOf(profile),
  });
  const isOut = useWatch({ control, name: "outOfService" });
  const save = useSave(id, onDone);
  const { errors } = formState;
  return (
    <form
      className="profile-form"
      noValidate
      onSubmit={handleSubmit((fields) => save.mutate(inputOf(fields, profile?.version ?? 0)))}
    >
      {TEXTS.map((name) => (
        <TextInput
          key={name}
          label={words[name]}
          type={name.endsWith("Phone") ? "tel" : "text"}
          autoComplete="off"
          error={errors[name]?.message}
          {...register(name)}
        />
      ))}
      <Switch label={words.outOfService} description={words.outOfServiceHelp} {...register("outOfService")} />
      {isOut && (
        <TextInput
          label={words.reason}
          error={errors.outOfServiceReason?.message}
          {...register("outOfServiceReason")}
        />
      )}
      <div className="row">
        <Button type="submit" variant="filled" loading={save.isPending}>
          {words.save}
        </Button>
        <Button onClick={onDone}>{words.cancel}</Button>
      </div>
    </form>
  );
}

function fieldsOf(profile: VehicleProfile | null): Fields {
  return {
    driverName: profile?.driverName ?? "",
    driverPhone: profile?.driverPhone ?? "",
    carrierName: profile?.carrierName ?? "",
    carrierPhone: profile?.carrierPhone ?? "",
    outOfService: profile?.outOfService ?? false,
    outOfServiceReason: profile?.outOfServiceReason ?? "",
  };
}

/** What was left empty is not known. */
function inputOf(fields: Fields, version: number): VehicleProfileInput {
  const said = (text: string) => text.trim() || null;
  const { outOfService, outOfServiceReason } = fields;
  return {
    version,
    driverName: said(fields.driverName),
    driverPhone: said(fields.driverPhone),
    carrierName: said(fields.carrierName),
    carrierPhone: said(fields.carrierPhone),
    outOfService,
    outOfServiceReason: outOfService ? said(outOfServiceReason) : null,
  };
}

function useSave(id: string, onDone: () => void) {
  const text = useText();
  const { profile: words } = text;
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: VehicleProfileInput) =>
      sendJson(`/api/v1/vehicles/${encodeURIComponent(id)}/profile`, { method: "PUT", body }, VehicleProfile),
    retry: false,
    onSuccess: () => {
      notifications.show({ message: words.saved(id), role: "status" });
      onDone();
    },
    onError: (error) => notifications.show({ message: refusalWords(error, text), color: "red", role: "alert" }),
    // The list follows by itself within seconds; the detail at once, also to show what somebody else has changed.
    onSettled: () => client.invalidateQueries({ queryKey: vehicleQuery(id).queryKey }),
  });
}

function refusalWords(error: Error, text: Messages): string {
  if (!(error instanceof ApiFailure) || error.status === 0 || error.status >= 500) return failureWords(error, text);
  if (error.status === 409) return text.profile.conflict;
  return text.profile.notSaved(error.errors[0]?.message ?? error.message);
}
