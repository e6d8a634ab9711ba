import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { isoTime } from "../../platform/clock.ts";
import type { World } from "../world.ts";

const SECTIONS = [
  "outcomes",
  "deadLetters",
  "sites",
  "vehicles",
  "snapshots",
  "stock",
  "orders",
  "deliveries",
  "shipments",
  "purchaseOrders",
  "disagreements",
  "customers",
  "materials",
  "cases",
] as const;
type Section = (typeof SECTIONS)[number];

export type TruthServer = { port: number; close(): Promise<void> };

/**
 * Answers what a reader of the log must have by now, on loopback: `/status`, `/truth`, and `/truth/<section>`. An
 * answer is all of one moment, `asOf`; records of the last moments may still be on their way to the broker.
 */
export async function serveTruth(deps: {
  port: number;
  world(): World | null;
  status(): Record<string, unknown>;
}): Promise<TruthServer> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname.replace(/\/$/, "");
    const world = deps.world();
    if (request.method !== "GET") return answer(response, 405, { title: "only GET is known here" });
    if (path === "/status") return answer(response, 200, deps.status());
    const sections = sectionsOf(path);
    if (!sections)
      return answer(response, 404, { title: `known are /status, /truth, ${SECTIONS.join(", ")} under it` });
    if (!world) return answer(response, 503, { title: "the world has not begun" });
    answerTruth(response, world, sections);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(deps.port, "127.0.0.1", resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function sectionsOf(path: string): readonly Section[] | null {
  if (path === "/truth") return SECTIONS;
  const section = SECTIONS.find((name) => path === `/truth/${name}`);
  return section ? [section] : null;
}

/** Written in one go, item by item: the world does not move on meanwhile, and no text of the whole is built. */
function answerTruth(response: ServerResponse, world: World, sections: readonly Section[]): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.write(`{"asOf":${JSON.stringify(isoTime(world.nowMs()))}`);
  for (const section of sections) {
    response.write(`,"${section}":`);
    if (section === "outcomes" || section === "deadLetters") response.write(JSON.stringify(world.truth[section]()));
    else writeList(response, world.truth[section]());
  }
  response.end("}\n");
}

function writeList(response: ServerResponse, items: Iterable<unknown>): void {
  let text = "[";
  let isFirst = true;
  for (const item of items) {
    text += (isFirst ? "" : ",") + JSON.stringify(item);
    isFirst = false;
    if (text.length < 65_536) continue;
    response.write(text);
    text = "";
  }
  response.write(`${text}]`);
}

function answer(response: ServerResponse, status: number, body: Record<string, unknown>): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(body)}\n`);
}
