"use client";

import { Button, Modal } from "@mantine/core";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { ApiKey } from "@/server/contracts/api-key.ts";
import { say, useWrite } from "./use-write.ts";

/** Asks before a key is ended: programs that use it stop working. */
export function RevokeKey({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const { settings } = useText();
  const { keys } = settings;
  const revoke = useWrite((id: string) => sendJson(`/api/v1/api-keys/${id}/revoke`, { method: "POST" }, ApiKey), {
    refresh: "api-keys",
    onDone: ({ name }) => {
      say(keys.revoked(name));
      onClose();
    },
  });
  return (
    <Modal
      opened={apiKey !== null}
      onClose={onClose}
      title={keys.revokeTitle(apiKey?.name ?? "")}
      closeButtonProps={{ "aria-label": settings.close }}
    >
      <p className="small dim">{keys.revokeBody}</p>
      <div className="settings-actions">
        <Button onClick={onClose} data-autofocus>
          {settings.cancel}
        </Button>
        <Button
          variant="filled"
          color="red"
          loading={revoke.isPending}
          onClick={() => apiKey && revoke.mutate(apiKey.id)}
        >
          {keys.revoke}
        </Button>
      </div>
    </Modal>
  );
}
