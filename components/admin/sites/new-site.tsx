"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { SITE_KINDS, Site } from "@/server/contracts/site.ts";
import { kindText } from "./site-words.ts";
import { say, useSiteWrite } from "./use-site-write.tsx";

const makeFields = ({ sites: { make, detail } }: Messages) =>
  z.object({
    id: z.string().trim().min(1, make.idMissing).max(64),
    name: z.string().trim().min(1, detail.nameMissing).max(200),
    kind: z.enum(SITE_KINDS),
  });
type Fields = z.infer<ReturnType<typeof makeFields>>;

type NewSiteProps = { opened: boolean; onClose: () => void; onMade: (site: Site) => void };

/** Makes a site that no source names. Its place follows on the map. */
export function NewSite({ opened, onClose, onMade }: NewSiteProps) {
  const { sites } = useText();
  return (
    <Modal opened={opened} onClose={onClose} title={sites.make.title} closeButtonProps={{ "aria-label": sites.close }}>
      <p className="small dim">{sites.make.body}</p>
      <NewSiteForm
        onMade={(site) => {
          onClose();
          onMade(site);
        }}
      />
    </Modal>
  );
}

function NewSiteForm({ onMade }: Pick<NewSiteProps, "onMade">) {
  const text = useText();
  const { make, columns, detail } = text.sites;
  const resolver = useMemo(() => zodResolver(makeFields(text)), [text]);
  const { register, control, handleSubmit, formState } = useForm<Fields>({
    resolver,
    defaultValues: { id: "", name: "", kind: "warehouse" },
  });
  const write = useSiteWrite((body: Fields) => sendJson("/api/v1/sites", { method: "POST", body }, Site), {
    onDone: (site) => {
      say(make.made(site.name));
      onMade(site);
    },
  });
  return (
    <form className="sites-form" noValidate onSubmit={handleSubmit((fields) => write.mutate(fields))}>
      <TextInput label={make.id} data-autofocus error={formState.errors.id?.message} {...register("id")} />
      <TextInput label={detail.name} error={formState.errors.name?.message} {...register("name")} />
      <Controller
        control={control}
        name="kind"
        render={({ field }) => (
          <Select
            label={columns.kind}
            data={SITE_KINDS.map((value) => ({ value, label: kindText(value, text) }))}
            allowDeselect={false}
            value={field.value}
            onChange={(value) => field.onChange(value)}
          />
        )}
      />
      <Button type="submit" variant="filled" loading={write.isPending}>
        {make.go}
      </Button>
    </form>
  );
}
