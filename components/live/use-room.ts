"use client";

import { useEffect, useRef } from "react";
import { useLiveClient } from "./live-provider.tsx";
import type { RoomListener, RoomName, Rooms } from "./live-rooms.ts";

/**
 * Follows a numbered room of the tab's one socket while the page is open. `onPicture` says that what is shown may lack
 * something (at first, after a long outage, after the tower began anew): the page asks for its lists again.
 */
export function useRoom<Name extends RoomName>(name: Name, listener: RoomListener<Rooms[Name]>): void {
  const client = useLiveClient();
  const latest = useRef(listener);
  latest.current = listener;
  useEffect(
    () =>
      client.rooms.listen(name, {
        onEvent: (event) => latest.current.onEvent(event),
        onPicture: () => latest.current.onPicture(),
      }),
    [client, name],
  );
}
