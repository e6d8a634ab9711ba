import type { Server } from "node:http";

/**
 * Whoever asks to upgrade leaves the time limits of HTTP behind, so a connection that nobody takes would stay open for
 * ever. `path` is the only one below which somebody does.
 */
export function closeOtherUpgrades(http: Server, path: string): void {
  http.on("upgrade", (request, socket) => {
    if (!request.url?.startsWith(path)) socket.end("HTTP/1.1 404 Not Found\r\nconnection: close\r\n\r\n");
  });
}
