import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";

/** What a measured process says when it is asked: records so far, and the processor time of all its threads. */
export type Reading = { records: number; cpuS: number };

/** A process that reads the same topic as its rival, one after the other: told to go and to wait, and asked how far it is. */
export class Contestant {
  readonly #child: ChildProcess;
  readonly #exited: Promise<unknown>;

  constructor(role: string, settings: unknown) {
    this.#child = fork(process.argv[1]!, ["--child", role, JSON.stringify(settings)], { execArgv: process.execArgv });
    this.#exited = once(this.#child, "exit").then(([code]) => code);
  }

  ready(): Promise<Reading> {
    return this.#answer();
  }

  tell(order: "go" | "wait" | "say"): Promise<Reading> {
    const answer = this.#answer();
    this.#child.send(order);
    return answer;
  }

  async end(): Promise<void> {
    this.#child.kill("SIGTERM");
    await this.#exited;
  }

  async #answer(): Promise<Reading> {
    const ended = this.#exited.then((code): never => {
      throw new Error(`a measured process ended with ${code}`);
    });
    const [answer] = (await Promise.race([once(this.#child, "message"), ended])) as [Reading];
    return answer;
  }
}

/** The other end, in the measured process. */
export function answerOrders(options: {
  records(): number | Promise<number>;
  go(): void;
  wait(): void;
}): () => Promise<void> {
  const say = async () => {
    const { user, system } = process.cpuUsage();
    const reading: Reading = { records: await options.records(), cpuS: (user + system) / 1e6 };
    process.send?.(reading);
  };
  process.on("message", (order) => {
    if (order === "go") options.go();
    if (order === "wait") options.wait();
    void say();
  });
  process.on("disconnect", () => process.exit(0));
  return say;
}
