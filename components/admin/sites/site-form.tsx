"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Select, TextInput } from "@mantine/core";
import { IconMapPin } from "@tabler/icons-react";
import { type ReactNode, useEffect, useMemo } from "react";
import { Controller, useForm, useWatch } from "react-hook-form";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Section } from "@/components/ui/section.tsx";
import type { Fence } from "@/server/contracts/fence.ts";
import { SITE_RADIUS_M, Site, type SiteEdit } from "@/server/contracts/site.ts";
import { decimalText, parseDecimal } from "./decimal.ts";
import { NO_DRAFT, type OnMap } from "./draft.ts";
import { changesNothing, editOf, fieldsOfSite, placeOf, type SiteFields, siteFieldsSchema } from "./site-fields.ts";
import { sitePath } from "./site-queries.ts";
import { say, useSiteWrite } from "./use-site-write.tsx";

type SiteFormProps = OnMap & { site: Site; fence: Fence | undefined };

/** Name, place, zone and radius. The pin on the map and the degrees in the form are one. */
export function SiteForm({ site, fence, onDraft, fromMap, middle }: SiteFormProps) {
  const { text } = usePreferences();
  const { detail, save } = text.sites;
  const resolver = useMemo(() => zodResolver(siteFieldsSchema(text)), [text]);
  const form = useForm<SiteFields>({ resolver, mode: "onChange", defaultValues: fieldsOfSite(site) });
  const { register, control, handleSubmit, setValue, formState } = form;
  const { errors, isDirty } = formState;
  const write = useSiteWrite((edit: SiteEdit) => sendJson(sitePath(site.id), { method: "PATCH", body: edit }, Site), {
    onDone: ({ name }) => say(detail.saved(name)),
  });
  usePlaceDrawn(form, fence, onDraft);

  const put = (place: { latitude: number; longitude: number }) => {
    setValue("latitude", decimalText(place.latitude), { shouldDirty: true, shouldValidate: true });
    setValue("longitude", decimalText(place.longitude), { shouldDirty: true, shouldValidate: true });
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was done on the map is taken over once
  useEffect(() => {
    if (fromMap && "place" in fromMap) put(fromMap.place);
  }, [fromMap]);
  const submit = handleSubmit((fields) => {
    const edit = editOf(fields, site);
    if (changesNothing(edit)) say(detail.unchanged);
    else write.mutate(edit);
  });
  const putInMiddle = () => {
    const place = middle();
    if (place) put(place);
  };
  const back = (fact: "name" | "place" | "timeZone" | "radius") => (
    <BackToSource site={site} fact={fact} disabled={write.isPending} />
  );
  return (
    <Section title={detail.place} aside={isDirty ? detail.unsaved : undefined}>
      <form className="sites-form" noValidate onSubmit={submit}>
        <Field back={back("name")}>
          <TextInput label={detail.name} error={errors.name?.message} {...register("name")} />
        </Field>
        <Field back={back("place")}>
          <div className="sites-pair">
            <TextInput
              label={detail.latitude}
              inputMode="decimal"
              error={errors.latitude?.message}
              {...register("latitude")}
            />
            <TextInput
              label={detail.longitude}
              inputMode="decimal"
              error={errors.longitude?.message}
              {...register("longitude")}
            />
          </div>
        </Field>
        <p className="tiny faint">{detail.coordinateHint}</p>
        {site.latitude === null && (
          <Button leftSection={<IconMapPin size={14} aria-hidden="true" />} onClick={putInMiddle}>
            {detail.middle}
          </Button>
        )}
        <Field back={back("timeZone")}>
          <Controller
            control={control}
            name="timeZone"
            render={({ field }) => <ZoneSelect value={field.value} onChange={field.onChange} />}
          />
        </Field>
        <Field back={back("radius")}>
          <TextInput
            label={detail.radius("m")}
            inputMode="decimal"
            placeholder={String(SITE_RADIUS_M)}
            description={fence ? detail.radiusReplaced : detail.radiusHint}
            error={errors.radiusM?.message}
            {...register("radiusM")}
          />
        </Field>
        <Button type="submit" variant="filled" disabled={!isDirty} loading={write.isPending}>
          {save}
        </Button>
      </form>
    </Section>
  );
}

const Field = ({ children, back }: { children: ReactNode; back: ReactNode }) => (
  <div className="sites-field">
    {children}
    {back}
  </div>
);

/** Says that a fact was set here, and gives it back. Shown only where it was. */
function BackToSource({ site, fact, disabled }: { site: Site; fact: Site["edited"][number]; disabled: boolean }) {
  const { text } = usePreferences();
  const { detail, facts } = text.sites;
  const none: Partial<SiteEdit> = {
    name: { name: null },
    place: { place: null },
    timeZone: { timeZone: null },
    radius: { radiusM: null },
    fence: {},
  }[fact];
  const write = useSiteWrite(
    () => sendJson(sitePath(site.id), { method: "PATCH", body: { version: site.version, ...none } }, Site),
    { onDone: () => say(detail.returned(facts[fact])) },
  );
  if (!site.edited.includes(fact)) return null;
  return (
    <span className="sites-edited tiny">
      <span className="faint">{detail.setHere}</span>
      {site.record && (
        <button
          type="button"
          className="link"
          aria-label={`${detail.toSource}: ${facts[fact]}`}
          disabled={disabled || write.isPending}
          onClick={() => write.mutate(undefined)}
        >
          {detail.toSource}
        </button>
      )}
    </span>
  );
}

function ZoneSelect({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { detail } = usePreferences().text.sites;
  // A zone that only this source knows stays choosable.
  const zones = useMemo(
    () => [...new Set([...Intl.supportedValuesOf("timeZone"), ...(value ? [value] : [])])],
    [value],
  );
  return (
    <Select
      label={detail.zone}
      placeholder={detail.zoneNone}
      data={zones}
      searchable
      clearable
      limit={60}
      nothingFoundMessage={detail.zoneSearch}
      comboboxProps={{ withinPortal: true }}
      clearButtonProps={{ "aria-label": detail.zoneNone }}
      value={value || null}
      onChange={(zone) => onChange(zone ?? "")}
    />
  );
}

/** Shows on the map what the fields say, while they say something. */
function usePlaceDrawn(
  { control }: ReturnType<typeof useForm<SiteFields>>,
  fence: Fence | undefined,
  onDraft: OnMap["onDraft"],
): void {
  const [latitude, longitude, radius] = useWatch({ control, name: ["latitude", "longitude", "radiusM"] });
  useEffect(() => {
    const pin = placeOf({ latitude, longitude });
    const typed = parseDecimal(radius);
    const radiusM = typed !== null && typed >= 10 && typed <= 100_000 ? typed : SITE_RADIUS_M;
    const circle = pin && ({ kind: "circle", ...pin, radiusM } as const);
    onDraft({ pin, shape: fence?.shape ?? circle, corners: null });
  }, [latitude, longitude, radius, fence, onDraft]);
  useEffect(() => () => onDraft(NO_DRAFT), [onDraft]);
}
