import type { Logger } from "../../../platform/logger.ts";
import { JournalFile } from "../journal-file.ts";
import { Transaction } from "./transaction.ts";

const LINES_BEFORE_REWRITE = 50_000;

/** The transactions by their ids. What was saved outlives the process. */
export class TransactionStore {
  readonly #journal: JournalFile;
  readonly #transactions = new Map<string, Transaction>();

  constructor(path: string, logger: Logger) {
    for (const line of JournalFile.read(path, logger)) {
      const transaction = Transaction.parse(line);
      this.#transactions.set(transaction.transactionalId, transaction);
    }
    this.#journal = new JournalFile(path);
    this.#journal.rewrite(this.all);
  }

  get all(): Transaction[] {
    return [...this.#transactions.values()];
  }

  get(transactionalId: string): Transaction | undefined {
    return this.#transactions.get(transactionalId);
  }

  save(transaction: Transaction): Transaction {
    this.#journal.append([transaction]);
    this.#transactions.set(transaction.transactionalId, transaction);
    return transaction;
  }

  /** Idle ones that nobody used since then; a producer that comes back under such an id begins with a new one. */
  forgetUnusedSince(timestampMs: number): void {
    const unused = this.all.filter(({ state, usedMs }) => state === "idle" && usedMs < timestampMs);
    for (const { transactionalId } of unused) this.#transactions.delete(transactionalId);
    if (unused.length > 0) this.#journal.rewrite(this.all);
  }

  /** Keeps the file from growing for ever. */
  compact(): void {
    if (this.#journal.lines > LINES_BEFORE_REWRITE) this.#journal.rewrite(this.all);
  }

  sync(onError: (error: Error) => void): void {
    this.#journal.sync(onError);
  }

  close(): void {
    this.#journal.close();
  }
}
