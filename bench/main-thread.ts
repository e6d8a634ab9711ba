/** What is read of a Chromium trace. Times are microseconds; `tts` and `tdur` are those of the thread's processor clock. */
type TraceEvent = {
  name: string;
  ph: string;
  pid: number;
  tid: number;
  ts: number;
  dur?: number;
  tdur?: number;
  args?: { name?: string };
};

const TASKS = new Set(["RunTask", "ThreadControllerImpl::RunTask"]);

/** Processor time that the main thread of the busiest page spent in tasks, milliseconds. */
export function mainThreadMs(trace: Buffer): number {
  const { traceEvents } = JSON.parse(trace.toString("utf8")) as { traceEvents: TraceEvent[] };
  const mainThreads = new Set(traceEvents.filter(isMainThreadName).map(threadOf));
  const busyUs = new Map<string, number>();
  const endOfTask = new Map<string, number>();
  const tasks = traceEvents.filter((event) => event.ph === "X" && TASKS.has(event.name));
  for (const task of tasks.sort((a, b) => a.ts - b.ts)) {
    const thread = threadOf(task);
    // One inside another is counted with it.
    if (!mainThreads.has(thread) || task.ts < (endOfTask.get(thread) ?? 0)) continue;
    if (task.tdur === undefined) throw new Error("this Chromium does not trace the processor time of threads");
    endOfTask.set(thread, task.ts + (task.dur ?? 0));
    busyUs.set(thread, (busyUs.get(thread) ?? 0) + task.tdur);
  }
  if (busyUs.size === 0) throw new Error("the trace holds no task of a page's main thread");
  return Math.max(...busyUs.values()) / 1000;
}

const isMainThreadName = ({ ph, name, args }: TraceEvent) =>
  ph === "M" && name === "thread_name" && args?.name === "CrRendererMain";

const threadOf = ({ pid, tid }: TraceEvent) => `${pid}:${tid}`;
