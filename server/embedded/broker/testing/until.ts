import { setTimeout as delay } from "node:timers/promises";

/** Waits for something that will come; the time limit is that of the test. */
export async function until<Value>(read: () => Value | Promise<Value>): Promise<NonNullable<Value>> {
  for (;;) {
    const value = await read();
    if (value) return value;
    await delay(20);
  }
}
