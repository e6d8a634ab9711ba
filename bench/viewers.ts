import { io } from "socket.io-client";
import { decodeFrame } from "../server/contracts/decode-frame.ts";
import { FRAME_CELLS, FRAME_HEAD_BYTES, FRAME_SNAPSHOT } from "../server/contracts/frames.ts";
import type { FleetViewAck, SocketError } from "../server/contracts/socket.ts";
import { answerOrders } from "./child.ts";
import { Samples, type Spread } from "./samples.ts";
import type { View } from "./views.ts";

/** So many connections one key may hold. */
export const SOCKETS_PER_KEY = 20;
/** Each is told the whole dictionary first. */
const OPENED_AT_ONCE = 25;

export type ViewersSettings = {
  web: string;
  keys: readonly string[];
  views: readonly View[];
  /** Every vehicle of every frame is looked at, for those whose mark changes. */
  watchMarks: boolean;
};

/** What came since the last time it was asked. */
export type Seen = {
  seconds: number;
  frames: number;
  bytes: number;
  /** Frames with the whole picture after the first: somebody did not keep up. */
  snapshots: number;
  lostConnections: number;
  /** Of a frame, from when the tower began to make it until it was here, milliseconds. */
  frameDelayMs: Spread;
  /** From when a reading was sent until its vehicle's new mark was here, milliseconds. */
  markDelayMs: Spread;
};

/** The process that plays the browsers: sockets that look at the fleet. Orders: `look` opens them, `take` tells what came. */
export async function runViewers(settings: ViewersSettings): Promise<void> {
  const meter = new Meter();
  answerOrders({
    async look() {
      for (let from = 0; from < settings.views.length; from += OPENED_AT_ONCE) {
        const views = settings.views.slice(from, from + OPENED_AT_ONCE);
        await Promise.all(views.map((view, number) => openSocket(settings, view, from + number, meter)));
      }
    },
    take: (): Seen => meter.take(),
  });
}

async function openSocket(settings: ViewersSettings, view: View, number: number, meter: Meter): Promise<void> {
  const key = settings.keys[Math.floor(number / SOCKETS_PER_KEY)];
  const socket = io(settings.web, {
    transports: ["websocket"],
    reconnection: false,
    forceNew: true,
    timeout: 30_000,
    extraHeaders: { authorization: `Bearer ${key}` },
  });
  socket.on("fleet:frame", meter.listener(settings.watchMarks));
  socket.on("disconnect", () => meter.lost());
  await new Promise<void>((connected, refused) => {
    socket.once("connect", connected);
    socket.once("connect_error", (error) => refused(new Error(`socket ${number} was refused: ${error.message}`)));
  });
  const answer: FleetViewAck | { error: SocketError } = await socket.timeout(60_000).emitWithAck("fleet:view", view);
  if ("error" in answer) throw new Error(`socket ${number} was refused its view: ${answer.error.message}`);
}

class Meter {
  #sinceMs = performance.now();
  #frames = 0;
  #bytes = 0;
  #snapshots = 0;
  #lost = 0;
  #frameDelays = new Samples();
  #markDelays = new Samples();

  /** What one socket does with its frames. */
  listener(watchMarks: boolean): (bytes: Buffer) => void {
    let hasPicture = false;
    const marks = watchMarks ? new Marks() : null;
    return (bytes) => {
      const nowMs = Date.now();
      this.#frames += 1;
      this.#bytes += bytes.length;
      const kind = bytes[0];
      if (bytes.length < FRAME_HEAD_BYTES || kind === FRAME_CELLS) return;
      this.#frameDelays.add(nowMs - bytes.readDoubleLE(8));
      if (kind === FRAME_SNAPSHOT && hasPicture) this.#snapshots += 1;
      hasPicture ||= kind === FRAME_SNAPSHOT;
      marks?.look(bytes, (timeMs) => this.#markDelays.add(nowMs - timeMs));
    };
  }

  lost(): void {
    this.#lost += 1;
  }

  take(): Seen {
    const seconds = (performance.now() - this.#sinceMs) / 1000;
    const seen = {
      ...{ seconds, frames: this.#frames, bytes: this.#bytes, snapshots: this.#snapshots, lostConnections: this.#lost },
      frameDelayMs: this.#frameDelays.take(),
      markDelayMs: this.#markDelays.take(),
    };
    this.#sinceMs = performance.now();
    this.#frames = this.#bytes = this.#snapshots = this.#lost = 0;
    return seen;
  }
}

const UNKNOWN = 255;

/** The marks of the vehicles that one socket was told of. */
class Marks {
  #known = new Uint8Array(0);

  /** Calls `changed` with the time of the reading of each vehicle that had another mark before. */
  look(bytes: Buffer, changed: (timeMs: number) => void): void {
    const frame = decodeFrame(bytes);
    if (!frame || frame.kind === "cells") return;
    for (let position = 0; position < frame.index.length; position++) {
      const vehicle = frame.index[position]!;
      if (vehicle >= this.#known.length) this.#grow(vehicle + 1);
      const before = this.#known[vehicle]!;
      const mark = frame.status[position]!;
      this.#known[vehicle] = mark;
      if (frame.kind === "delta" && before !== UNKNOWN && before !== mark)
        changed(frame.serverMs - frame.ageMs[position]!);
    }
  }

  #grow(count: number): void {
    const larger = new Uint8Array(Math.max(count, 2 * this.#known.length)).fill(UNKNOWN);
    larger.set(this.#known);
    this.#known = larger;
  }
}
