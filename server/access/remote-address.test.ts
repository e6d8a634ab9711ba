import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { isFromThisMachine, markRemoteAddress, REMOTE_ADDRESS_HEADER } from "./remote-address.ts";

function marked(peer: string | undefined, headers: Record<string, string> = {}): string | undefined {
  const request = { socket: { remoteAddress: peer }, headers: { ...headers } } as unknown as IncomingMessage;
  markRemoteAddress(request);
  return request.headers[REMOTE_ADDRESS_HEADER] as string | undefined;
}

test("nobody from elsewhere can say who he is", () => {
  const claims = { [REMOTE_ADDRESS_HEADER]: "127.0.0.1", "x-forwarded-for": "127.0.0.1" };
  expect(marked("10.0.0.7", claims)).toBe("10.0.0.7");
  expect(marked(undefined, claims)).toBe("unknown");
});

test("a proxy on this machine is believed about the one it speaks for, and only about that one", () => {
  expect(marked("127.0.0.1", { "x-forwarded-for": "127.0.0.1, 10.0.0.7" })).toBe("10.0.0.7");
  expect(marked("::ffff:127.0.0.1", { "x-forwarded-for": "10.0.0.7" })).toBe("10.0.0.7");
  expect(marked("127.0.0.1", { "x-forwarded-for": "" })).toBe("127.0.0.1");
  expect(marked("127.0.0.1")).toBe("127.0.0.1");
});

test.each([
  ["127.0.0.1", "localhost:3000", true],
  ["::ffff:127.0.0.1", "127.0.0.1:3000", true],
  ["::1", "[::1]:3000", true],
  ["10.0.0.7", "localhost:3000", false],
  ["127.0.0.1", "tower.example", false],
  ["127.0.0.1", "127.0.0.1.evil.example", false],
  ["127.0.0.1", "localhost.evil.example", false],
  ["unknown", "localhost", false],
])("a request of %s to %s is from this machine: %s", (address, host, expected) => {
  expect(isFromThisMachine(new Headers({ [REMOTE_ADDRESS_HEADER]: address, host }))).toBe(expected);
});

test("a request that nobody marked is from nowhere", () => {
  expect(isFromThisMachine(new Headers({ host: "localhost" }))).toBe(false);
});
