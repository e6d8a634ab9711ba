import { createServer, type Server, type Socket } from "node:net";
import type { LaneStatus, TelemetryQueries } from "../contracts/lane.ts";
import type { Managed } from "../platform/lifecycle.ts";
import type { Logger } from "../platform/logger.ts";
import type { ChangesLane } from "../threads/changes-lane.ts";
import type { TelemetryLane } from "../threads/telemetry-lane.ts";
import type { FromLanes, FromWeb } from "./peer-messages.ts";
import { PeerSocket } from "./peer-socket.ts";

const STATUS_EVERY_MS = 500;
const CONNECTIONS_MAX = 64;

type Deps = {
  host: string;
  port: number;
  key: Buffer;
  /** Those that run in this process. */
  telemetry: TelemetryLane | null;
  changes: ChangesLane | null;
  lanes(): LaneStatus[];
  logger: Logger;
};

type Peer = PeerSocket<FromLanes, FromWeb>;

/** Tells the lanes of this process to those that show them, and answers what they ask. `address` is known once it runs. */
export function serveLanes({ host, port, key, telemetry, changes, lanes, logger }: Deps) {
  const peers = new Set<Peer>();
  let server: Server | null = null;
  let telling: NodeJS.Timeout | undefined;
  let isListened = false;
  const tell = (message: FromLanes) => {
    for (const peer of peers) peer.send(message);
  };

  /** Not before somebody wants to hear it: a lane without a reader gathers what changed as marks, and tells nothing. */
  function listenToLanes(): void {
    if (isListened) telemetry?.tellAll();
    else {
      telemetry?.onChunk((chunk) => tell({ kind: "chunk", chunk }));
      telemetry?.onVisits((visits) => tell({ kind: "visits", visits }));
      changes?.onTouched((touched) => tell({ kind: "touched", touched }));
    }
    isListened = true;
  }

  async function admit(socket: Socket): Promise<void> {
    const peer: Peer = await PeerSocket.shakeHands<FromLanes, FromWeb>(socket, "lanes", key);
    peers.add(peer);
    peer.closed(() => void peers.delete(peer));
    peer.listen((message) => {
      if (message.kind === "ask") void answer(peer, message);
      else telemetry?.fencesChanged();
    });
    peer.send({ kind: "status", lanes: lanes() });
    listenToLanes();
  }

  async function answer(peer: Peer, { id, query, parameters }: Extract<FromWeb, { kind: "ask" }>): Promise<void> {
    try {
      if (!telemetry) throw new Error("this process runs no telemetry lane");
      const ask = telemetry[query] as (...parameters: unknown[]) => ReturnType<TelemetryQueries[typeof query]>;
      peer.send({ kind: "answer", id, value: await ask(...parameters) });
    } catch (error) {
      peer.send({ kind: "refused", id, message: error instanceof Error ? error.message : String(error) });
    }
  }

  const part: Managed = {
    name: "lanes for other processes",
    start: () =>
      new Promise((opened, failed) => {
        const created = createServer((socket) => {
          admit(socket).catch((error: unknown) => logger.warn({ err: error }, "a process was not let in"));
        });
        server = created;
        created.maxConnections = CONNECTIONS_MAX;
        created.once("error", failed);
        created.listen(port, host, () => opened());
        telling = setInterval(() => tell({ kind: "status", lanes: lanes() }), STATUS_EVERY_MS);
      }),
    async stop() {
      clearInterval(telling);
      for (const peer of peers) peer.close();
      await new Promise<void>((closed) => (server ? server.close(() => closed()) : closed()));
    },
  };

  return {
    ...part,
    address(): { host: string; port: number } | null {
      const bound = server?.address();
      return bound && typeof bound === "object" ? { host, port: bound.port } : null;
    },
  };
}
