import { createServer, type Server } from "node:http";
import next from "next";
import { admitRequest } from "../access/admit-request.ts";
import type { Managed } from "../platform/lifecycle.ts";
import { closeOtherUpgrades } from "./close-other-upgrades.ts";

const SOCKET_PATH = "/socket.io/";
const REQUEST_MS_MAX = 60_000;
const HEADERS_MS_MAX = 10_000;

export type WebServerOptions = { host: string; port: number; isDevelopment: boolean; isSecure: boolean };

/** `pages` prepares Next; `door` opens the port. What shares the port (the sockets) starts between the two. */
export type WebServer = { http: Server; pages: Managed; door: Managed };

/** One port for pages, API and sockets. Next gets the HTTP server so that it can answer upgrades in development. */
export function createWebServer({ host, port, isDevelopment, isSecure }: WebServerOptions): WebServer {
  const http = createServer();
  http.requestTimeout = REQUEST_MS_MAX;
  http.headersTimeout = HEADERS_MS_MAX;
  const app = next({ dev: isDevelopment, hostname: host, port, httpServer: http });

  return {
    http,
    pages: {
      name: "pages",
      async start() {
        await app.prepare();
        const handle = app.getRequestHandler();
        // In development Next takes upgrades of its own.
        if (!isDevelopment) closeOtherUpgrades(http, SOCKET_PATH);
        http.on("request", (request, response) => {
          if (request.url?.startsWith(SOCKET_PATH)) return;
          if (admitRequest(request, response, { isSecure })) void handle(request, response);
        });
      },
      stop: () => app.close(),
    },
    door: {
      name: "web server",
      start: () =>
        new Promise((opened, failed) => {
          http.once("error", failed);
          http.listen(port, host, () => {
            http.off("error", failed);
            opened();
          });
        }),
      stop: () =>
        new Promise((closed) => {
          http.close(() => closed());
          http.closeAllConnections();
        }),
    },
  };
}
