import type { Saved } from "../pipeline/telemetry/line-keeper.ts";
import { Fenced } from "../platform/fenced.ts";
import type { Logger } from "../platform/logger.ts";
import { backOff, messageOf } from "../stream/retry.ts";
import { type OwnedLine, ROWS_MAX } from "./telemetry-lines.ts";

const LOOK_INTERVAL_MS = 250;
const RETRY_MS = 500;
const RETRY_MS_MAX = 10_000;

type Deps = {
  owned: ReadonlyMap<string, OwnedLine>;
  /** Each line is stored once in this time. */
  intervalMs: number;
  stored(partition: number, topics: Saved["topics"]): void;
  /** The database does not store (or stores again, with `null`): the lane must be held, where all can see why. */
  faultChanged(fault: string | null): void;
  logger: Logger;
};

/** When the lines are stored: in turn over the interval, sooner when one has much, again when the database refused. */
export class TelemetryStoring {
  #fault: string | null = null;
  #turn = 0;
  #isClosing = false;
  #nextSave: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;
  #retrying: NodeJS.Timeout | undefined;
  readonly #waits = backOff(RETRY_MS, RETRY_MS_MAX);

  constructor(private readonly deps: Deps) {}

  start(): void {
    this.#looking = setInterval(() => this.#look(), LOOK_INTERVAL_MS);
    this.#scheduleSave();
  }

  /** Every line stores what it holds, with its whole state: the next start has nothing to fold. */
  async drain(): Promise<void> {
    this.#isClosing = true;
    clearTimeout(this.#nextSave);
    clearInterval(this.#looking);
    clearTimeout(this.#retrying);
    await Promise.all([...this.deps.owned.values()].map((owned) => this.#save(owned, true)));
  }

  /** One line after the other, so that the database is never asked for all at once. */
  #scheduleSave(): void {
    const lines = Math.max(1, this.deps.owned.size);
    this.#nextSave = setTimeout(() => {
      const owned = [...this.deps.owned.values()];
      this.#turn += 1;
      const next = owned[this.#turn % Math.max(1, owned.length)];
      if (next && this.#fault === null) void this.#save(next);
      this.#scheduleSave();
    }, this.deps.intervalMs / lines);
  }

  #look(): void {
    if (this.#fault !== null) return;
    for (const owned of this.deps.owned.values()) {
      if (owned.line.rows.count > ROWS_MAX) void this.#save(owned);
      else owned.keeper.flushRejects().catch((error: unknown) => this.#failed(owned, error));
    }
  }

  async #save(owned: OwnedLine, last = false): Promise<void> {
    const { keeper, line } = owned;
    try {
      const saved = await (last ? keeper.saveLast() : keeper.save());
      if (!saved) return;
      this.deps.stored(line.partition, saved.topics);
      const { rows, bytes, ms } = saved;
      this.deps.logger.debug({ partition: line.partition, rows, bytes, ms, ...line.allCounters() }, "stored");
    } catch (error) {
      this.#failed(owned, error);
    }
  }

  /** Fenced: the line is another's. Anything else is the database's trouble, and is tried again. */
  #failed(owned: OwnedLine, error: unknown): void {
    const { line } = owned;
    if (error instanceof Fenced) {
      line.stopped ??= error.message;
      this.deps.logger.warn({ partition: line.partition, why: error.message }, "fenced");
      return;
    }
    this.deps.logger.error({ err: error, partition: line.partition }, "storing failed");
    if (this.#isClosing || this.#fault !== null) return;
    this.#setFault(`the database does not store: ${messageOf(error)}`);
    this.#retrying = setTimeout(() => void this.#retry(owned), this.#waits.next());
  }

  async #retry(owned: OwnedLine): Promise<void> {
    try {
      if ([...this.deps.owned.values()].includes(owned)) {
        await owned.keeper.save();
        await owned.keeper.flushRejects();
      }
    } catch (error) {
      if (!(error instanceof Fenced)) {
        this.#setFault(`the database does not store: ${messageOf(error)}`);
        this.#retrying = setTimeout(() => void this.#retry(owned), this.#waits.next());
        return;
      }
      this.#failed(owned, error);
    }
    this.#waits.reset();
    this.#setFault(null);
    this.deps.logger.info("the database stores again");
  }

  #setFault(fault: string | null): void {
    this.#fault = fault;
    this.deps.faultChanged(fault);
  }
}
