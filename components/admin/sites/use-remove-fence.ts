"use client";

import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { Fence } from "@/server/contracts/fence.ts";
import { fencePath } from "./site-queries.ts";
import { say, sayWithUndo, useSiteWrite } from "./use-site-write.tsx";

/** Takes a fence away, and for a while lets it be drawn again as it was. */
export function useRemoveFence(onGone: () => void) {
  const { fence: words } = useText().sites;
  const again = useSiteWrite(
    ({ name, siteId, shape }: Fence) =>
      sendJson("/api/v1/fences", { method: "POST", body: { name, siteId, shape } }, Fence),
    { onDone: ({ name }) => say(words.undone(name)) },
  );
  return useSiteWrite(
    ({ id, version }: Fence) => sendJson(fencePath(id), { method: "DELETE", body: { version } }, Fence),
    {
      onDone: (fence) => {
        sayWithUndo(words.removed(fence.name), { label: words.undo, run: () => again.mutate(fence) });
        onGone();
      },
    },
  );
}
