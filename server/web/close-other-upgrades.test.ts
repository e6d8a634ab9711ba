import { createServer } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { closeOtherUpgrades } from "./close-other-upgrades.ts";

test("an upgrade that nobody takes is refused and closed; that of the sockets is left to them", async () => {
  const http = createServer();
  closeOtherUpgrades(http, "/socket.io/");
  http.on("upgrade", (request, socket) => {
    if (request.url === "/socket.io/?EIO=4") socket.end("taken");
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void http.close());
  const ask = (path: string) =>
    new Promise<string>((resolve) => {
      let text = "";
      const socket = connect((http.address() as AddressInfo).port, "127.0.0.1");
      socket.on("data", (part) => (text += part)).on("close", () => resolve(text));
      socket.write(`GET ${path} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n`);
    });
  expect(await ask("/socket.io/?EIO=4")).toBe("taken");
  expect(await ask("/_next/webpack-hmr")).toMatch(/^HTTP\/1.1 404 /);
  expect(await ask("/")).toMatch(/^HTTP\/1.1 404 /);
});
