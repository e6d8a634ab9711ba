import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

type Question = { id: number; order: string; parameters: unknown };
type Answer = { id: number; value: unknown; failure?: string };

/** The answer to the first question, which nobody asks: the process is ready. */
const READY = 0;
const END_MS_MAX = 20_000;

/**
 * A process that a bench starts from its own file, to be measured alone: it is given orders and answers each. It ends
 * when the bench does, however that happens.
 */
export class Child {
  readonly pid: number;
  readonly #child: ChildProcess;
  readonly #exited: Promise<number | null>;
  readonly #waiting = new Map<number, { resolve(value: unknown): void; reject(error: Error): void }>();
  readonly #ready: Promise<unknown>;
  #asked = READY;

  constructor(role: string, settings: unknown = {}, environment: Partial<NodeJS.ProcessEnv> = {}) {
    this.#child = fork(process.argv[1]!, ["--child", role, JSON.stringify(settings)], {
      execArgv: process.execArgv,
      env: { ...process.env, ...environment },
    });
    this.pid = this.#child.pid!;
    this.#exited = once(this.#child, "exit").then(([code]) => code as number | null);
    this.#ready = this.#answer(READY);
    this.#child.on("message", (answer: Answer) => this.#take(answer));
    void this.#exited.then((code) => this.#giveUp(new Error(`the process "${role}" of the bench ended with ${code}`)));
    // Whoever awaits it is told; until then it must not end the bench as an error that nobody takes.
    this.#ready.catch(() => {});
  }

  async ready(): Promise<this> {
    await this.#ready;
    return this;
  }

  ask<T>(order: string, parameters: unknown = {}): Promise<T> {
    this.#asked += 1;
    const answer = this.#answer(this.#asked);
    this.#child.send({ id: this.#asked, order, parameters } satisfies Question);
    return answer as Promise<T>;
  }

  async end(): Promise<void> {
    const timer = setTimeout(() => this.#child.kill("SIGKILL"), END_MS_MAX);
    this.#child.kill("SIGTERM");
    await this.#exited;
    clearTimeout(timer);
  }

  #answer(id: number): Promise<unknown> {
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  #take({ id, value, failure }: Answer): void {
    const asker = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (failure === undefined) asker?.resolve(value);
    else asker?.reject(new Error(failure));
  }

  #giveUp(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

/** The other end, in the process itself: says that it is ready, and answers each order. */
export function answerOrders(orders: Record<string, (parameters: never) => unknown>): void {
  const tell = (answer: Answer) => process.send?.(answer);
  process.on("message", async ({ id, order, parameters }: Question) => {
    try {
      tell({ id, value: (await orders[order]!(parameters as never)) ?? null });
    } catch (error) {
      tell({ id, value: null, failure: `${order}: ${error instanceof Error ? error.message : String(error)}` });
    }
  });
  process.on("disconnect", () => process.exit(0));
  tell({ id: READY, value: null });
}
