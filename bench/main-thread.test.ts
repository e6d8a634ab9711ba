import { expect, test } from "vitest";
import { mainThreadMs } from "./main-thread.ts";

const [PAGE, OTHER] = [
  { pid: 1, tid: 10 },
  { pid: 2, tid: 20 },
];
const named = (thread: typeof PAGE, name: string) => ({
  ph: "M",
  name: "thread_name",
  ts: 0,
  ...thread,
  args: { name },
});
const task = (thread: typeof PAGE, ts: number, dur: number, tdur?: number, name = "RunTask") => ({
  ...{ ph: "X", name, ts, dur, tdur },
  ...thread,
});
const aTrace = (...traceEvents: object[]) => Buffer.from(JSON.stringify({ traceEvents }));

test("counts the processor time of the busiest page's tasks, one inside another once, and no other thread's", () => {
  const trace = aTrace(
    named(PAGE, "CrRendererMain"),
    named(OTHER, "CrRendererMain"),
    named({ pid: 3, tid: 30 }, "CrGpuMain"),
    task(PAGE, 5_000, 1_000, 700),
    task(PAGE, 1_000, 3_000, 2_000, "ThreadControllerImpl::RunTask"),
    task(PAGE, 1_200, 500, 400),
    task(OTHER, 1_000, 900, 800),
    task({ pid: 3, tid: 30 }, 1_000, 90_000, 80_000),
  );
  expect(mainThreadMs(trace)).toBe(2.7);
});

test("refuses a trace without tasks of a page, or without the processor time of threads", () => {
  expect(() => mainThreadMs(aTrace(named(PAGE, "CrRendererMain")))).toThrow("no task");
  expect(() => mainThreadMs(aTrace(named(PAGE, "CrRendererMain"), task(PAGE, 0, 10)))).toThrow("processor time");
});
