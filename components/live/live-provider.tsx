"use client";

import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import { LiveClient } from "./live-client.ts";

const LiveContext = createContext<LiveClient | null>(null);

const goToSignIn = () => {
  const back = window.location.pathname + window.location.search;
  window.location.assign(`/sign-in?next=${encodeURIComponent(back)}`);
};

/** Holds the one socket of the tab for everything signed-in below it. */
export function LiveProvider({ children, onRefused = goToSignIn }: { children: ReactNode; onRefused?: () => void }) {
  const [client] = useState(() => new LiveClient({ onRefused }));
  useEffect(() => {
    client.start();
    return () => client.stop();
  }, [client]);
  return <LiveContext value={client}>{children}</LiveContext>;
}

export function useLiveClient(): LiveClient {
  const client = useContext(LiveContext);
  if (!client) throw new Error("live hooks need a LiveProvider above them");
  return client;
}
