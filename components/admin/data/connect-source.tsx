"use client";

import { zodResolver } from "@hookform/resolvers/zod";
import { Autocomplete, Button, Modal, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod";
import { say, useWrite } from "@/components/admin/settings/use-write.ts";
import type { Messages } from "@/components/messages/en.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { SourceMapping } from "@/server/contracts/source.ts";
import { contractsQuery } from "./data-queries.ts";

const CONNECTORS = ["sap-qlik", "salesforce-cdc", "canonical"] as const;

const makeWish = ({ data: { connectForm } }: Messages) =>
  z.object({
    topic: z.string().trim().min(1, connectForm.topicMissing),
    connector: z.enum(CONNECTORS),
    entity: z.string().trim().min(1, connectForm.entityMissing),
  });
type Wish = z.infer<ReturnType<typeof makeWish>>;

type ConnectSourceProps = { opened: boolean; mapping: SourceMapping; onClose: () => void };

/** Says how one more topic is read. What is wrong with it is said beside the field, also when only the tower knows. */
export function ConnectSource({ opened, mapping, onClose }: ConnectSourceProps) {
  const { data } = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={data.connectForm.title}
      closeButtonProps={{ "aria-label": data.close }}
    >
      <ConnectForm mapping={mapping} onDone={onClose} />
    </Modal>
  );
}

function ConnectForm({ mapping, onDone }: { mapping: SourceMapping; onDone: () => void }) {
  const text = useText();
  const { connectForm } = text.data;
  const contracts = useQuery(contractsQuery()).data ?? [];
  const resolver = useMemo(() => zodResolver(makeWish(text)), [text]);
  const { register, control, handleSubmit, setError, watch, formState } = useForm<Wish>({
    resolver,
    defaultValues: { topic: "", connector: "sap-qlik", entity: "" },
  });
  const connector = watch("connector");
  const entities = contracts.filter((each) => each.connector === connector && each.entity !== "reading");
  const put = useWrite(
    (wish: Wish) => {
      const mappings = [...mapping.mappings, { ...wish, enabled: true }];
      return sendJson(
        "/api/v1/sources",
        { method: "PUT", body: { version: mapping.version, mappings } },
        SourceMapping,
      );
    },
    {
      refresh: "sources",
      onDone: (_, { topic }) => {
        say(connectForm.done(topic));
        onDone();
      },
    },
  );
  const submit = handleSubmit((wish) => {
    const isTaken = mapping.mappings.some(({ topic }) => topic === wish.topic);
    if (isTaken) setError("topic", { message: connectForm.taken });
    else put.mutate(wish);
  });
  return (
    <form className="settings-form" noValidate onSubmit={submit}>
      <p className="small dim data-lead">{connectForm.body}</p>
      <TextInput
        label={connectForm.topic}
        description={connectForm.topicHint}
        data-autofocus
        className="data-mono"
        error={formState.errors.topic?.message}
        {...register("topic")}
      />
      <Controller
        control={control}
        name="connector"
        render={({ field: { value, onChange } }) => (
          <Select
            label={connectForm.connector}
            data={CONNECTORS.map((name) => ({ value: name, label: connectForm.connectors[name] ?? name }))}
            allowDeselect={false}
            value={value}
            onChange={onChange}
          />
        )}
      />
      <Controller
        control={control}
        name="entity"
        render={({ field: { value, onChange, onBlur } }) => (
          <Autocomplete
            size="xs"
            label={connectForm.entity}
            data={entities.map(({ entity }) => entity)}
            error={formState.errors.entity?.message}
            value={value}
            onChange={onChange}
            onBlur={onBlur}
          />
        )}
      />
      <Button type="submit" variant="filled" loading={put.isPending}>
        {connectForm.submit}
      </Button>
    </form>
  );
}
