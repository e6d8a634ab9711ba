"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { ApiKeyMade } from "@/server/contracts/api-key.ts";
import { Role } from "@/server/contracts/role.ts";
import { roleOptions } from "./role-options.ts";
import { Secret } from "./secret.tsx";
import { useWrite } from "./use-write.ts";

const EXPIRES = ["30", "90", "365", "never"] as const;

const makeWish = ({ settings: { keys } }: Messages) =>
  z.object({ name: z.string().trim().min(1, keys.nameMissing).max(100), role: Role, expires: z.enum(EXPIRES) });
type Wish = z.infer<ReturnType<typeof makeWish>>;

/** Makes a key for a program, and shows it this once. */
export function MakeKey({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { settings } = useText();
  const { keys } = settings;
  const [made, setMade] = useState<ApiKeyMade | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={made ? keys.madeTitle(made.apiKey.name) : keys.makeTitle}
      closeButtonProps={{ "aria-label": settings.close }}
    >
      {made ? (
        <>
          <p className="small dim">{keys.madeBody}</p>
          <Secret label={keys.key} value={made.key} onDone={close} />
        </>
      ) : (
        <KeyForm onMade={setMade} />
      )}
    </Modal>
  );
}

function KeyForm({ onMade }: { onMade: (made: ApiKeyMade) => void }) {
  const text = useText();
  const { keys } = text.settings;
  const resolver = useMemo(() => zodResolver(makeWish(text)), [text]);
  const { register, control, handleSubmit, formState } = useForm<Wish>({
    resolver,
    defaultValues: { name: "", role: "planner", expires: "90" },
  });
  const make = useWrite(
    ({ name, role, expires }: Wish) => {
      const body = { name, role, expiresInDays: expires === "never" ? null : Number(expires) };
      return sendJson("/api/v1/api-keys", { method: "POST", body }, ApiKeyMade);
    },
    { refresh: "api-keys", onDone: onMade },
  );
  return (
    <form className="settings-form" noValidate onSubmit={handleSubmit((wish) => make.mutate(wish))}>
      <TextInput label={keys.name} data-autofocus error={formState.errors.name?.message} {...register("name")} />
      <Controller
        control={control}
        name="role"
        render={({ field: { value, onChange } }) => (
          <Select label={keys.role} data={roleOptions(text)} allowDeselect={false} value={value} onChange={onChange} />
        )}
      />
      <Controller
        control={control}
        name="expires"
        render={({ field: { value, onChange } }) => (
          <Select
            label={keys.expires}
            data={EXPIRES.map((days) => ({ value: days, label: keys.expiresOptions[days] }))}
            allowDeselect={false}
            value={value}
            onChange={onChange}
          />
        )}
      />
      <Button type="submit" variant="filled" loading={make.isPending}>
        {keys.makeGo}
      </Button>
    </form>
  );
}
