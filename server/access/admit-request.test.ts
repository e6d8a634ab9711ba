import { createServer, request as send } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { admitRequest } from "./admit-request.ts";
import { REMOTE_ADDRESS_HEADER } from "./remote-address.ts";

test("a broken address and an unknown method are refused with a problem; every other goes on with the address of its sender", async () => {
  const server = createServer((request, response) => {
    if (admitRequest(request, response, { isSecure: false })) response.end(request.headers[REMOTE_ADDRESS_HEADER]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (path: string, method = "GET") =>
    new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { [REMOTE_ADDRESS_HEADER]: "10.9.9.9" };
      const asked = send({ port, path, method, headers, host: "127.0.0.1" }, async (response) => {
        let text = "";
        for await (const part of response) text += part;
        resolve({ status: response.statusCode, text });
      });
      asked.on("error", reject).end();
    });

  for (const path of ["/api/v1/vehicles/%ff", "/%", "/a%2", "/%E0%A4%A?x=1"]) {
    const { status, text } = await ask(path);
    expect([path, status, JSON.parse(text).code]).toEqual([path, 400, "invalid_input"]);
  }
  for (const method of ["TRACE", "PROPFIND", "LINK"]) {
    const { status, text } = await ask("/api/health", method);
    expect([method, status, JSON.parse(text).code]).toEqual([method, 405, "method_not_allowed"]);
  }
  for (const path of ["/", "/fleet?q=%ff", "/api/v1/snapshots/sap/LIKP/100%7C1"])
    expect(await ask(path)).toEqual({ status: 200, text: "127.0.0.1" });
  await new Promise((resolve) => server.close(resolve));
});
