"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Button, Modal, Select, TextInput } from "@mantine/core";
import { useMemo, useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import type { Messages } from "@/components/messages/en.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { PersonLink } from "@/server/contracts/person.ts";
import { Role } from "@/server/contracts/role.ts";
import { roleOptions } from "./role-options.ts";
import { Secret } from "./secret.tsx";
import { useWrite } from "./use-write.ts";

const makeInvitation = ({ settings: { people } }: Messages) =>
  z.object({
    email: z.string().trim().pipe(z.email(people.emailWrong)),
    name: z.string().trim().min(1, people.nameMissing).max(100),
    role: Role,
  });
type Invitation = z.infer<ReturnType<typeof makeInvitation>>;

/** Invites somebody, and shows the link to send. */
export function InvitePerson({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const text = useText();
  const { people } = text.settings;
  const [made, setMade] = useState<PersonLink | null>(null);
  const close = () => {
    setMade(null);
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={close}
      title={made ? people.linkTitle(made.person.email) : people.inviteTitle}
      closeButtonProps={{ "aria-label": text.settings.close }}
    >
      <p className="small dim">{made ? people.linkBody : people.inviteBody}</p>
      {made ? <Secret label={people.link} value={made.url} onDone={close} /> : <InvitationForm onMade={setMade} />}
    </Modal>
  );
}

function InvitationForm({ onMade }: { onMade: (link: PersonLink) => void }) {
  const text = useText();
  const { people } = text.settings;
  const resolver = useMemo(() => zodResolver(makeInvitation(text)), [text]);
  const { register, control, handleSubmit, formState } = useForm<Invitation>({
    resolver,
    defaultValues: { email: "", name: "", role: "planner" },
  });
  const invite = useWrite((body: Invitation) => sendJson("/api/v1/people", { method: "POST", body }, PersonLink), {
    refresh: "people",
    onDone: onMade,
  });
  return (
    <form className="settings-form" noValidate onSubmit={handleSubmit((invitation) => invite.mutate(invitation))}>
      <TextInput
        label={people.email}
        type="email"
        data-autofocus
        error={formState.errors.email?.message}
        {...register("email")}
      />
      <TextInput label={people.name} error={formState.errors.name?.message} {...register("name")} />
      <Controller
        control={control}
        name="role"
        render={({ field }) => (
          <Select
            label={people.role}
            data={roleOptions(text)}
            allowDeselect={false}
            value={field.value}
            onChange={(value) => field.onChange(value)}
          />
        )}
      />
      <Button type="submit" variant="filled" loading={invite.isPending}>
        {people.inviteGo}
      </Button>
    </form>
  );
}
