import type { MapCamera } from "./map-camera.ts";

type Place = { latitude: number; longitude: number };
type Deps = { camera: MapCamera; place(): Place | null; onEnd(): void };

const FOLLOWED_EVERY_MS = 1_000;

/** Keeps the selected vehicle near the middle until somebody moves the map by hand. */
export class MapFollow {
  readonly #deps: Deps;
  #following = false;
  #followedMs = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  set(following: boolean): void {
    this.#following = following;
    const at = following && this.#deps.place();
    if (at) this.#deps.camera.reveal(at, { always: true });
  }

  step(nowMs: number, paused: boolean): void {
    if (!this.#following || nowMs - this.#followedMs <= FOLLOWED_EVERY_MS) return;
    this.#followedMs = nowMs;
    const at = this.#deps.place();
    if (at && !paused) this.#deps.camera.follow(at);
  }

  end(): void {
    if (!this.#following) return;
    this.#following = false;
    this.#deps.onEnd();
  }
}
