import type { Exits, Step } from "./step.ts";

/** What one step did with one chunk. */
export type StepCount = { step: string; in: number; out: number };

/** The ordered list of steps of a lane, read from top to bottom in `build.ts`. */
export class Pipeline<In, Out, E> {
  // The types are checked where a step is added (`pipe`), so the list itself may forget them.
  private constructor(private readonly steps: readonly Step<never, unknown, E>[]) {}

  static start<In, E>(): Pipeline<In, In, E> {
    return new Pipeline<In, In, E>([]);
  }

  pipe<Next>(step: Step<Out, Next, E>): Pipeline<In, Next, E> {
    return new Pipeline<In, Next, E>([...this.steps, step]);
  }

  run(chunk: readonly In[], exits: Exits<E>, count?: (count: StepCount) => void): Out[] {
    let records: readonly unknown[] = chunk;
    for (const step of this.steps) {
      const next = step(records as never, exits);
      count?.({ step: step.name, in: records.length, out: next.length });
      records = next;
    }
    return records as Out[];
  }
}
