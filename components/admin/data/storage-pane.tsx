"use client";

import { Button, NumberInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Controller, useForm } from "react-hook-form";
import { ListStates } from "@/components/admin/settings/list-states.tsx";
import { say, useWrite } from "@/components/admin/settings/use-write.ts";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Storage, type StorageKind } from "@/server/contracts/storage.ts";
import { storageQuery } from "./data-queries.ts";
import { sizeWords } from "./size-words.ts";

const REFRESH_MS = 30_000;

/** What the database holds: the room each kind takes, how far back it goes, and for how long it is kept. */
export function StoragePane() {
  const query = useQuery({ ...storageQuery(), refetchInterval: REFRESH_MS });
  return (
    <div className="data-storage scroll">
      <ListStates query={query}>
        {query.data && <StorageForm key={query.data.version} storage={query.data} />}
      </ListStates>
    </div>
  );
}

type Days = Record<string, number | string>;

function StorageForm({ storage }: { storage: Storage }) {
  const { text } = usePreferences();
  const { storage: words } = text.data;
  const kept = storage.kinds.filter(({ days }) => days !== null);
  const { control, handleSubmit, formState } = useForm<Days>({
    defaultValues: Object.fromEntries(kept.map(({ kind, days }) => [kind, days ?? 0])),
  });
  const save = useWrite(
    (days: Days) =>
      sendJson("/api/v1/settings/storage", { method: "PUT", body: { version: storage.version, days } }, Storage),
    { refresh: "storage", onDone: () => say(words.saved) },
  );
  return (
    <form noValidate onSubmit={handleSubmit((days) => save.mutate(days))}>
      <p className="data-storage-intro small dim">{words.body}</p>
      <table className="table data-table" aria-label={words.label}>
        <thead>
          <tr>
            <th scope="col">{words.kind}</th>
            <th scope="col" className="num">
              {words.size}
            </th>
            <th scope="col">{words.oldest}</th>
            <th scope="col">{words.days}</th>
            <th scope="col">{words.removed}</th>
          </tr>
        </thead>
        <tbody>
          {storage.kinds.map((kind) => (
            <KindRow
              key={kind.kind}
              kind={kind}
              total={storage.bytes}
              field={
                kind.days === null ? null : (
                  <Controller
                    control={control}
                    name={kind.kind}
                    rules={{
                      validate: (value) => isWithin(Number(value), kind) || words.bounds(kind.daysMin!, kind.daysMax!),
                    }}
                    render={({ field, fieldState }) => (
                      <NumberInput
                        aria-label={words.daysOf(words.kinds[kind.kind].name)}
                        w={112}
                        suffix={words.daysSuffix}
                        allowDecimal={false}
                        allowNegative={false}
                        error={fieldState.error?.message}
                        {...field}
                      />
                    )}
                  />
                )
              }
            />
          ))}
        </tbody>
      </table>
      <div className="data-storage-foot">
        <Button type="submit" variant="filled" disabled={!formState.isDirty} loading={save.isPending}>
          {words.save}
        </Button>
        <span className="small dim">{words.effect}</span>
      </div>
    </form>
  );
}

const isWithin = (days: number, { daysMin, daysMax }: StorageKind): boolean =>
  Number.isInteger(days) && days >= (daysMin ?? 0) && days <= (daysMax ?? 0);

function KindRow({ kind, total, field }: { kind: StorageKind; total: number; field: ReactNode }) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { storage: words } = text.data;
  const { name, what } = words.kinds[kind.kind];
  const share = total === 0 ? 0 : kind.bytes / total;
  return (
    <tr>
      <th scope="row">
        <div>{name}</div>
        <div className="tiny faint">{what}</div>
      </th>
      <td className="num">
        <div>{sizeWords(kind.bytes)}</div>
        <div className="storage-share" aria-hidden="true">
          <span style={{ width: `${Math.round(share * 100)}%` }} />
        </div>
      </td>
      <td>{kind.oldest === null ? text.missing : formats.time(kind.oldest, nowMs)}</td>
      <td>{field ?? <span className="faint">{words.needed}</span>}</td>
      <td className="dim">
        {kind.finishedAt === null
          ? text.missing
          : words.removedWords(formats.number(kind.removedLast), formats.time(kind.finishedAt, nowMs))}
      </td>
    </tr>
  );
}
