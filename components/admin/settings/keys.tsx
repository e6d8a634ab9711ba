"use client";

import { Button } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useServerNow } from "@/components/shell/use-tower-state.ts";
import { Blank } from "@/components/ui/blank.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import { Status } from "@/components/ui/status.tsx";
import type { ApiKey } from "@/server/contracts/api-key.ts";
import { ListStates } from "./list-states.tsx";
import { MakeKey } from "./make-key.tsx";
import { RevokeKey } from "./revoke-key.tsx";
import { SettingsFrame } from "./settings-frame.tsx";
import { keysQuery } from "./settings-queries.ts";

/** The keys of programs: a list, a new one, and the end of one. */
export function Keys() {
  const { text, formats } = usePreferences();
  const { keys } = text.settings;
  const [isMaking, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<ApiKey | null>(null);
  const query = useInfiniteQuery(keysQuery());
  const shown = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const make = (
    <Button variant="filled" onClick={() => setMaking(true)}>
      {keys.make}
    </Button>
  );
  return (
    <SettingsFrame
      tab="keys"
      tools={
        <>
          <span className="small faint">{query.isSuccess && keys.count(formats.number(shown.length))}</span>
          {make}
        </>
      }
      detail={null}
    >
      <ListStates query={query}>
        {shown.length === 0 ? (
          <Blank icon={<IconKey size={24} aria-hidden="true" />} title={keys.empty} body={keys.emptyBody} />
        ) : (
          <KeyTable keys={shown} onRevoke={setRevoked} />
        )}
      </ListStates>
      <MakeKey opened={isMaking} onClose={() => setMaking(false)} />
      <RevokeKey apiKey={revoked} onClose={() => setRevoked(null)} />
    </SettingsFrame>
  );
}

function KeyTable({ keys: shown, onRevoke }: { keys: readonly ApiKey[]; onRevoke: (key: ApiKey) => void }) {
  const { text, formats } = usePreferences();
  const nowMs = useServerNow();
  const { keys, never } = text.settings;
  const statusOf = ({ revokedAt, expiresAt }: ApiKey) => {
    if (revokedAt) return "revoked" as const;
    return expiresAt && Date.parse(expiresAt) <= nowMs ? ("expired" as const) : ("active" as const);
  };
  return (
    <table className="table settings-table">
      <thead>
        <tr>
          <th scope="col">{keys.columns.name}</th>
          <th scope="col" className="wide">
            {keys.columns.key}
          </th>
          <th scope="col">{keys.columns.role}</th>
          <th scope="col">{keys.columns.status}</th>
          <th scope="col" className="wide">
            {keys.columns.used}
          </th>
          <th scope="col" className="wide">
            {keys.columns.made}
          </th>
          <th scope="col">
            <span className="visually-hidden">{keys.revoke}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {shown.map((key) => {
          const status = statusOf(key);
          return (
            <tr key={key.id} className="quiet-row">
              <td className="strong">{key.name}</td>
              <td className="mono wide">{key.prefix}…</td>
              <td>{text.shell.roles[key.role]}</td>
              <td>
                <Status level={status === "active" ? "calm" : "still"} word={keys.status[status]} quiet />
                {status === "active" && key.expiresAt && (
                  <span className="faint"> {keys.until(formats.time(key.expiresAt, nowMs))}</span>
                )}
              </td>
              <td className="faint wide">{key.lastUsedAt ? formats.time(key.lastUsedAt, nowMs) : never}</td>
              <td className="faint wide">{formats.time(key.createdAt, nowMs)}</td>
              <td className="num">
                {status === "active" && (
                  <Button onClick={() => onRevoke(key)} aria-label={keys.revokeTitle(key.name)}>
                    {keys.revoke}
                  </Button>
                )}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
