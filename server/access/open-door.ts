import { isLoopback } from "./loopback.ts";

/** What to tell whoever starts a tower that other machines can reach; nothing where there is nothing to tell. */
export function openDoorLines({ host, publicUrl }: { host: string; publicUrl: string | undefined }): string[] {
  if (isLoopback(host) || publicUrl?.startsWith("https:")) return [];
  return [
    `Other machines can reach this tower (HOST=${host}), and passwords travel as plain text:`,
    "put a proxy with TLS in front, and set WHEELHOUSE_PUBLIC_URL to its https address.",
  ];
}
