import { io, type Socket } from "socket.io-client";
import { decodeFrame } from "@/server/contracts/decode-frame.ts";
import type { FleetPicture } from "@/server/contracts/fleet-picture.ts";
import type { FleetLevel } from "@/server/contracts/frames.ts";
import type { FleetIds, FleetView, FleetViewAck, SocketError, TowerPulse } from "@/server/contracts/socket.ts";
import { FleetStore } from "./fleet-store.ts";
import { LiveRooms } from "./live-rooms.ts";
import type { LiveState } from "./live-state.ts";

const SILENCE_MS_MAX = 5_000;
/** A connection this silent is given up and made anew: its other end may be gone without a word. */
const SILENCE_MS_BEFORE_RECONNECT = 12_000;
const RETRY_MS_FIRST = 500;
const RETRY_MS_MAX = 5_000;
const OFFSETS_KEPT = 10;

type Options = {
  /** The session is over or was never there: the page has to send the person to sign in. */
  onRefused(): void;
  /** Where the tower is; the page's own origin when absent. */
  url?: string;
  /** Only outside a browser, which sends its cookie by itself. */
  headers?: Record<string, string>;
};

/**
 * The one socket of a tab. It connects, notices silence, comes back by itself with growing pauses, and asks again for
 * what the map looked at, so that nothing needs a reload. React reads it through the hooks beside it.
 */
export class LiveClient {
  readonly fleet = new FleetStore();
  readonly rooms = new LiveRooms();

  readonly #options: Options;
  readonly #listeners = new Set<() => void>();
  #state: LiveState = {
    link: "connecting",
    lostSinceMs: null,
    nextTryMs: null,
    pulse: null,
    pastMs: null,
    serverOffsetMs: 0,
  };
  #socket: Socket | null = null;
  #watch: ReturnType<typeof setInterval> | null = null;
  #retry: ReturnType<typeof setTimeout> | null = null;
  #retryMs = RETRY_MS_FIRST;
  #heardMs = 0;
  /** When the connection of the moment came to be: it has a while to speak, however long the silence before it was. */
  #connectedMs = 0;
  #offsets: number[] = [];
  #view: { level: FleetLevel; tiles: number[] } | null = null;
  /** How many vehicles there were of each kind at the moment that is shown. */
  #pastCounts: TowerPulse["fleet"] | null = null;
  /** As the tower told it, which is shown but for the counts of the past. */
  #told: TowerPulse | null = null;

  constructor(options: Options) {
    this.#options = options;
  }

  getState = (): LiveState => this.#state;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  start(): void {
    if (this.#watch) return;
    this.#heardMs = Date.now();
    this.#watch = setInterval(() => this.#watchSilence(), 500);
    this.#connect();
  }

  stop(): void {
    if (this.#watch) clearInterval(this.#watch);
    this.#watch = null;
    this.#cancelRetry();
    this.#drop();
  }

  retryNow = (): void => {
    if (!this.#watch || this.#state.link === "live") return;
    this.#retryMs = RETRY_MS_FIRST;
    this.#connect();
  };

  /** What the map looks at; `null` when no map is open. Kept over lost connections. */
  look(view: { level: FleetLevel; tiles: number[] } | null): void {
    this.#view = view;
    if (this.#socket?.connected) this.#askForView();
  }

  /**
   * Shows a moment of the past in place of the present, or the present again with `null`. What the socket tells of vehicles
   * meanwhile is left out; the link itself goes on. While the picture has not come, the fleet is empty.
   */
  showMoment(moment: { atMs: number; picture: FleetPicture | null } | null): void {
    const wasPast = this.#state.pastMs !== null;
    this.#pastCounts = moment?.picture?.counts ?? null;
    this.#set({ pastMs: moment?.atMs ?? null, pulse: this.#counted() });
    if (moment) this.#showPicture(moment.picture ?? emptyPicture(moment.atMs));
    else if (wasPast) this.#askForView();
  }

  #showPicture({ epoch, ids, vehicles, cells }: Pick<FleetPicture, "epoch" | "ids" | "vehicles" | "cells">): void {
    this.fleet.learn(epoch, 0, ids);
    for (const text of [vehicles, cells]) {
      const frame = text === "" ? null : decodeFrame(bytesOf(text));
      if (frame) this.fleet.apply(frame);
    }
  }

  #counted(): TowerPulse | null {
    return this.#told && this.#pastCounts ? { ...this.#told, fleet: this.#pastCounts } : this.#told;
  }

  #connect(): void {
    this.#cancelRetry();
    this.#drop();
    const socket = io(this.#options.url ?? "/", {
      path: "/socket.io/",
      transports: ["websocket"],
      reconnection: false,
      forceNew: true,
      timeout: SILENCE_MS_MAX,
      ...(this.#options.headers && { extraHeaders: this.#options.headers }),
    });
    this.#socket = socket;
    this.rooms.attach(socket);
    socket.on("connect", () => {
      this.#connectedMs = Date.now();
      if (this.#view) this.#askForView();
    });
    socket.on("connect_error", (error: Error & { data?: SocketError }) => {
      if (error.data?.code === "unauthenticated") this.#options.onRefused();
      else this.#lose();
    });
    socket.on("disconnect", () => this.#lose());
    socket.on("tower:pulse", (pulse: TowerPulse) => this.#hear(pulse));
    socket.on("fleet:ids", ({ epoch, first, ids }: FleetIds) => {
      if (this.#state.pastMs === null) this.fleet.learn(epoch, first, ids);
    });
    socket.on("fleet:frame", (bytes: ArrayBuffer | Uint8Array) => {
      const frame = this.#state.pastMs === null ? decodeFrame(bytes) : null;
      if (frame) this.fleet.apply(frame);
    });
  }

  #askForView(): void {
    if (this.#state.pastMs !== null) return;
    const { epoch, ids } = this.fleet;
    const known = epoch === null ? {} : { epoch, known: ids.length };
    const request: FleetView = { ...(this.#view ?? { level: 1, tiles: [] }), ...known };
    this.#socket?.emit("fleet:view", request, (answer: FleetViewAck | { error: SocketError }) => {
      if (!("error" in answer) && this.#state.pastMs === null) this.fleet.learn(answer.epoch, answer.first, answer.ids);
    });
  }

  #hear(pulse: TowerPulse): void {
    const now = Date.now();
    this.#heardMs = now;
    this.#retryMs = RETRY_MS_FIRST;
    // The pulse that travelled fastest shows the clocks' difference best.
    this.#offsets = [...this.#offsets.slice(1 - OFFSETS_KEPT), pulse.serverMs - now];
    this.#told = pulse;
    const told = { pulse: this.#counted(), serverOffsetMs: Math.max(...this.#offsets) };
    this.#set({ link: "live", lostSinceMs: null, nextTryMs: null, ...told });
  }

  #watchSilence(): void {
    const now = Date.now();
    if (now - this.#heardMs > SILENCE_MS_MAX && this.#state.link !== "lost")
      this.#set({ link: "lost", lostSinceMs: this.#heardMs });
    const silentMs = now - Math.max(this.#heardMs, this.#connectedMs);
    if (silentMs > SILENCE_MS_BEFORE_RECONNECT && this.#socket?.connected) this.#lose();
  }

  #lose(): void {
    if (!this.#watch || this.#retry) return;
    this.#drop();
    const waitMs = this.#retryMs * (0.8 + 0.4 * Math.random());
    this.#retryMs = Math.min(RETRY_MS_MAX, this.#retryMs * 2);
    this.#retry = setTimeout(() => this.#connect(), waitMs);
    const lostSinceMs = this.#state.lostSinceMs ?? this.#heardMs;
    this.#set({ link: "lost", lostSinceMs, nextTryMs: Date.now() + waitMs });
  }

  #cancelRetry(): void {
    if (this.#retry) clearTimeout(this.#retry);
    this.#retry = null;
    if (this.#state.nextTryMs !== null) this.#set({ nextTryMs: null });
  }

  #drop(): void {
    this.#socket?.removeAllListeners();
    this.#socket?.disconnect();
    this.#socket = null;
  }

  #set(change: Partial<LiveState>): void {
    this.#state = { ...this.#state, ...change };
    for (const listener of this.#listeners) listener();
  }
}

const emptyPicture = (atMs: number) => ({ epoch: -atMs, ids: [], vehicles: "", cells: "" });

/** An answer as JSON carries its frames as base64. */
const bytesOf = (base64: string): Uint8Array => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
