"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { ActionIcon, Button, SegmentedControl, TextInput } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { Controller, type UseFormReturn, useForm, useWatch } from "react-hook-form";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Fence, type FenceInput, type FenceShape } from "@/server/contracts/fence.ts";
import { decimalText } from "./decimal.ts";
import { NO_DRAFT, type OnMap } from "./draft.ts";
import {
  cornerFields,
  cornersTyped,
  type FenceFields,
  fenceFieldsSchema,
  fieldsOfFence,
  shapeOf,
} from "./fence-fields.ts";
import { FencePoints } from "./fence-points.tsx";
import { SiteHistory } from "./site-history.tsx";
import { fencePath } from "./site-queries.ts";
import { useRemoveFence } from "./use-remove-fence.ts";
import { say, useSiteWrite } from "./use-site-write.tsx";

type FenceEditorProps = OnMap & {
  /** `null` for one that is being drawn. */
  fence: Fence | null;
  /** The site it belongs to. */
  site: { id: string; name: string } | null;
  /** What a new one begins from. */
  first: FenceShape;
  onDone(fence: Fence | null): void;
};

/** Draws a fence, with the pointer on the map or by typed points, as a circle or a polygon. */
export function FenceEditor({ fence, site, first, onDone, onDraft, fromMap }: FenceEditorProps) {
  const { text } = usePreferences();
  const { fence: words, close, save, cancel } = text.sites;
  const resolver = useMemo(() => zodResolver(fenceFieldsSchema(text)), [text]);
  const defaultValues = fieldsOfFence(fence?.name ?? site?.name ?? "", fence?.shape ?? first);
  const form = useForm<FenceFields>({ resolver, mode: "onChange", defaultValues });
  const { register, control, handleSubmit, formState } = form;
  const kind = useWatch({ control, name: "kind" });
  const write = useSiteWrite((input: FenceInput) => saveFence(fence, site?.id ?? null, input), {
    onDone: (saved) => {
      say(words.saved(saved.name));
      onDone(saved);
    },
  });
  const remove = useRemoveFence(() => onDone(null));
  useFenceDrawn(form, onDraft, fromMap);

  const submit = handleSubmit((fields) => {
    const shape = shapeOf(fields);
    if (shape) write.mutate({ name: fields.name.trim(), shape });
  });
  const title = site ? words.siteTitle(site.name) : fence ? words.ownTitle(fence.name) : words.newTitle;
  return (
    <section className="panel sites-detail" aria-label={title}>
      <div className="panel-head">
        <h2 className="title grow clip">{title}</h2>
        <ActionIcon aria-label={close} onClick={() => onDone(null)}>
          <IconX size={16} aria-hidden="true" />
        </ActionIcon>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div className="scroll" tabIndex={0}>
        <form className="sites-form section" noValidate onSubmit={submit}>
          <TextInput label={words.name} error={formState.errors.name?.message} {...register("name")} />
          <Controller
            control={control}
            name="kind"
            render={({ field }) => (
              <SegmentedControl
                size="xs"
                aria-label={words.kind}
                value={field.value}
                onChange={field.onChange}
                data={(["circle", "polygon"] as const).map((value) => ({ value, label: words.kinds[value] }))}
              />
            )}
          />
          {formState.errors.kind && (
            <p className="small tone-critical" role="alert">
              {formState.errors.kind.message}
            </p>
          )}
          {kind === "circle" ? <CircleFields form={form} /> : <FencePoints form={form} />}
          <div className="sites-actions">
            <Button type="submit" variant="filled" loading={write.isPending}>
              {save}
            </Button>
            <Button onClick={() => onDone(null)}>{cancel}</Button>
            {fence && (
              <Button loading={remove.isPending} onClick={() => remove.mutate(fence)}>
                {words.remove}
              </Button>
            )}
          </div>
        </form>
        {fence && !site && <SiteHistory subject={`fence:${fence.id}`} />}
      </div>
    </section>
  );
}

function saveFence(fence: Fence | null, siteId: string | null, { name, shape }: FenceInput): Promise<Fence> {
  if (!fence) return sendJson("/api/v1/fences", { method: "POST", body: { name, shape, siteId } }, Fence);
  return sendJson(fencePath(fence.id), { method: "PUT", body: { version: fence.version, name, shape } }, Fence);
}

function CircleFields({ form: { register, formState } }: { form: UseFormReturn<FenceFields> }) {
  const { fence: words, detail } = usePreferences().text.sites;
  const { errors } = formState;
  return (
    <>
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
      <TextInput label={words.radius} inputMode="decimal" error={errors.radiusM?.message} {...register("radiusM")} />
    </>
  );
}

/** The map shows what the form says, and the form takes what is drawn on the map. */
function useFenceDrawn(form: UseFormReturn<FenceFields>, onDraft: OnMap["onDraft"], fromMap: OnMap["fromMap"]): void {
  const { control, setValue } = form;
  const fields = useWatch({ control });
  // Only what the fields say counts, not that they are told again.
  const said = JSON.stringify(fields);
  useEffect(() => {
    const now = JSON.parse(said) as FenceFields;
    if (now.kind === "polygon") {
      onDraft({ pin: null, shape: null, corners: cornersTyped(now.points) });
      return;
    }
    const shape = shapeOf(now);
    const pin = shape?.kind === "circle" ? { latitude: shape.latitude, longitude: shape.longitude } : null;
    onDraft({ pin, shape, corners: null });
  }, [said, onDraft]);
  useEffect(() => () => onDraft(NO_DRAFT), [onDraft]);

  useEffect(() => {
    if (!fromMap) return;
    const options = { shouldDirty: true, shouldValidate: true } as const;
    if ("corners" in fromMap) setValue("points", cornerFields(fromMap.corners), options);
    else {
      setValue("latitude", decimalText(fromMap.place.latitude), options);
      setValue("longitude", decimalText(fromMap.place.longitude), options);
    }
  }, [fromMap, setValue]);
}
