"use client";

import { Button, Checkbox, Modal, PasswordInput, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Controller, useForm } from "react-hook-form";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { type OidcSetting, SignInSetting } from "@/server/contracts/sign-in-setting.ts";
import { ListStates } from "./list-states.tsx";
import { roleOptions } from "./role-options.ts";
import { signInSettingQuery } from "./settings-queries.ts";
import { say, useWrite } from "./use-write.ts";

type Fields = {
  enabled: boolean;
  label: string;
  issuer: string;
  clientId: string;
  clientSecret: string;
  domains: string;
  role: Role;
};

/** How people of a provider come in: asked and set in one form. */
export function ProviderSetting({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { settings } = useText();
  const query = useQuery({ ...signInSettingQuery(), enabled: opened });
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={settings.provider.title}
      closeButtonProps={{ "aria-label": settings.close }}
    >
      <ListStates query={query}>
        {query.data && (
          <ProviderForm
            key={query.data.oidc?.version ?? 0}
            setting={query.data.oidc}
            redirectUri={query.data.redirectUri}
            onSaved={onClose}
          />
        )}
      </ListStates>
    </Modal>
  );
}

type ProviderFormProps = { setting: OidcSetting | null; redirectUri: string; onSaved: () => void };

function ProviderForm({ setting, redirectUri, onSaved }: ProviderFormProps) {
  const text = useText();
  const { provider } = text.settings;
  const { register, control, handleSubmit } = useForm<Fields>({ defaultValues: fieldsOf(setting) });
  const save = useWrite(
    ({ clientSecret, domains, ...fields }: Fields) => {
      const body = {
        ...fields,
        ...(clientSecret !== "" && { clientSecret }),
        domains: domains
          .split(",")
          .map((domain) => domain.trim())
          .filter(Boolean),
        version: setting?.version ?? 0,
      };
      return sendJson("/api/v1/settings/sign-in", { method: "PUT", body }, SignInSetting);
    },
    {
      refresh: "sign-in-setting",
      onDone: ({ oidc }) => {
        say(oidc?.enabled ? provider.saved : provider.savedOff);
        onSaved();
      },
    },
  );
  return (
    <form className="settings-form" noValidate onSubmit={handleSubmit((fields) => save.mutate(fields))}>
      <p className="small dim">{provider.body}</p>
      <TextInput label={provider.redirect} value={redirectUri} readOnly classNames={{ input: "mono" }} />
      <TextInput label={provider.issuer} description={provider.issuerHint} {...register("issuer")} />
      <TextInput label={provider.clientId} {...register("clientId")} />
      <PasswordInput
        size="xs"
        label={provider.clientSecret}
        description={setting?.hasSecret ? provider.secretKept : undefined}
        autoComplete="off"
        visibilityToggleButtonProps={{ "aria-label": text.signIn.showPassword, tabIndex: 0 }}
        {...register("clientSecret")}
      />
      <TextInput label={provider.label} {...register("label")} />
      <TextInput label={provider.domains} description={provider.domainsHint} {...register("domains")} />
      <Controller
        control={control}
        name="role"
        render={({ field: { value, onChange } }) => (
          <Select
            label={provider.role}
            data={roleOptions(text)}
            allowDeselect={false}
            value={value}
            onChange={onChange}
          />
        )}
      />
      <Checkbox label={provider.enabled} {...register("enabled")} />
      <Button type="submit" variant="filled" loading={save.isPending}>
        {provider.save}
      </Button>
    </form>
  );
}

function fieldsOf(setting: OidcSetting | null): Fields {
  const {
    enabled = true,
    label = "",
    issuer = "",
    clientId = "",
    domains = [],
    role = "planner" as Role,
  } = setting ?? {};
  return { enabled, label, issuer, clientId, clientSecret: "", domains: domains.join(", "), role };
}
