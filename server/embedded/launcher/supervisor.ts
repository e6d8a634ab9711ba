import { setTimeout as pause } from "node:timers/promises";

/** One process of the product while it runs. `exited` says why it ended, and settles however it came about. */
export type Running = { ready: Promise<void>; exited: Promise<string>; stop(): Promise<void>; kill(): void };
export type Part = {
  name: string;
  start(): Running;
  /** Whether a first start that failed is worth another one; without it, it is not. */
  isWorthAnother?(): Promise<boolean>;
};

export type SupervisorOptions = {
  report(line: string): void;
  onStarted?(name: string, ms: number): void;
  /** Called once, when a part kept dying and everything has been stopped. */
  onGivenUp(error: Error): void;
  restartsMax?: number;
  restartWindowMs?: number;
  restartDelayMs?: number;
  stopMsMax?: number;
  now?(): number;
};

/**
 * Starts parts in order, each when the one before is ready; stops them in reverse. A part that ends by itself is
 * started again, later each time; one that ends more than `restartsMax` times within the window brings all down.
 */
export class Supervisor {
  readonly #running = new Map<string, Running>();
  readonly #restarts = new Map<string, number[]>();
  readonly #stopped = new AbortController();
  readonly #parts: readonly Part[];
  readonly #options: Required<SupervisorOptions>;
  #stopping: Promise<void> | undefined;

  constructor(parts: readonly Part[], options: SupervisorOptions) {
    this.#parts = parts;
    this.#options = {
      restartsMax: 5,
      restartWindowMs: 60_000,
      restartDelayMs: 500,
      stopMsMax: 15_000,
      now: () => performance.now(),
      onStarted: () => {},
      ...options,
    };
  }

  async start(): Promise<void> {
    for (const part of this.#parts) {
      if (this.#stopping) return this.#stopping;
      try {
        const since = this.#options.now();
        await this.#startFirst(part);
        this.#options.onStarted(part.name, this.#options.now() - since);
      } catch (error) {
        if (this.#stopping) return this.#stopping;
        await this.stop();
        throw new Error(`could not start the ${part.name}`, { cause: error });
      }
    }
  }

  /** Ends all parts in reverse order; one that does not listen is killed after `stopMsMax`. May be called again. */
  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  /** Ends all parts at once. */
  kill(): void {
    this.#stopping ??= Promise.resolve();
    this.#stopped.abort();
    for (const running of this.#running.values()) running.kill();
  }

  async #startFirst(part: Part): Promise<void> {
    for (;;) {
      try {
        return await this.#startPart(part);
      } catch (error) {
        if (this.#stopping || !(await part.isWorthAnother?.())) throw error;
        this.#options.report(`The ${part.name} could not start where it wanted to; trying elsewhere.`);
      }
    }
  }

  async #startPart(part: Part): Promise<void> {
    const running = part.start();
    this.#running.set(part.name, running);
    await running.ready;
    void running.exited.then((reason) => this.#restart(part, reason));
  }

  async #restart(part: Part, reason: string): Promise<void> {
    for (let why = reason; !this.#stopping; ) {
      const attempts = this.#countRestart(part.name);
      if (attempts > this.#options.restartsMax) {
        await this.stop();
        this.#options.onGivenUp(
          new Error(`the ${part.name} ended ${attempts} times within a minute, the last time: ${why}`),
        );
        return;
      }
      const delayMs = this.#options.restartDelayMs * 2 ** (attempts - 1);
      this.#options.report(`The ${part.name} ended (${why}). Starting it again in ${delayMs / 1000} s.`);
      await pause(delayMs, undefined, { signal: this.#stopped.signal }).catch(() => {});
      if (this.#stopping) return;
      try {
        await this.#startPart(part);
        this.#options.report(`The ${part.name} is up again.`);
        return;
      } catch (error) {
        why = error instanceof Error ? error.message : String(error);
      }
    }
  }

  #countRestart(name: string): number {
    const since = this.#options.now() - this.#options.restartWindowMs;
    const recent = (this.#restarts.get(name) ?? []).filter((time) => time > since);
    recent.push(this.#options.now());
    this.#restarts.set(name, recent);
    return recent.length;
  }

  async #stopAll(): Promise<void> {
    this.#stopped.abort();
    for (const part of this.#parts.toReversed()) {
      const running = this.#running.get(part.name);
      if (!running) continue;
      const timer = setTimeout(() => {
        this.#options.report(`The ${part.name} does not stop: ending it.`);
        running.kill();
      }, this.#options.stopMsMax);
      await running.stop();
      clearTimeout(timer);
    }
  }
}
