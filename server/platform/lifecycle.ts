export type Managed = { name: string; start(): Promise<void>; stop(): Promise<void> };

/**
 * Starts in order; the function it returns stops in reverse. A failed start stops what had started.
 * All stops together get `stopMsMax`; one that hangs or fails is reported, and the others are asked all the same.
 */
export async function startAll(
  parts: readonly Managed[],
  report: (name: string, error: unknown) => void,
  stopMsMax = 10_000,
): Promise<() => Promise<void>> {
  const started: Managed[] = [];
  const stop = async () => {
    const deadlineMs = Date.now() + stopMsMax;
    for (let part = started.pop(); part; part = started.pop()) {
      const { name } = part;
      await within(part.stop(), Math.max(0, deadlineMs - Date.now()), name).catch((error: unknown) =>
        report(name, error),
      );
    }
  };
  for (const part of parts) {
    try {
      await part.start();
    } catch (error) {
      await stop();
      throw new Error(`could not start ${part.name}`, { cause: error });
    }
    started.push(part);
  }
  return stop;
}

async function within(work: Promise<void>, ms: number, name: string): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${name} did not stop within the ${ms} ms that were left`)), ms);
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Parts that do not need each other start at the same time. When one fails, those that have started are stopped. */
export function together(name: string, parts: readonly Managed[]): Managed {
  return {
    name,
    async start() {
      const outcomes = await Promise.allSettled(parts.map((part) => part.start()));
      const failed = outcomes.find((outcome) => outcome.status === "rejected");
      if (!failed) return;
      const started = parts.filter((_, index) => outcomes[index]!.status === "fulfilled");
      await Promise.allSettled(started.map((part) => part.stop()));
      throw failed.reason;
    },
    async stop() {
      const outcomes = await Promise.allSettled(parts.map((part) => part.stop()));
      for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
    },
  };
}
