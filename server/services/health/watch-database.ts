import type { Clock } from "../../platform/clock.ts";
import type { DatabaseStatus } from "./check.ts";

const ANSWER_MS_MAX = 2_000;
const REUSE_MS = 1_000;

/**
 * Asks the database whether it answers, at most once a second whoever asks how often: the health page is open to all.
 */
export function createDatabaseWatch(deps: { ping: () => Promise<void>; now: Clock }): () => Promise<DatabaseStatus> {
  let failingSinceMs: number | null = null;
  let asked: { atMs: number; answer: Promise<DatabaseStatus> } | null = null;

  async function ask(): Promise<DatabaseStatus> {
    try {
      await withTimeLimit(deps.ping());
      failingSinceMs = null;
      return { status: "ok", downForMs: 0 };
    } catch {
      failingSinceMs ??= deps.now();
      return { status: "down", downForMs: deps.now() - failingSinceMs };
    }
  }

  return function watchDatabase() {
    const nowMs = deps.now();
    if (!asked || nowMs - asked.atMs >= REUSE_MS) asked = { atMs: nowMs, answer: ask() };
    return asked.answer;
  };
}

async function withTimeLimit(work: Promise<void>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("no answer in time")), ANSWER_MS_MAX);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}
