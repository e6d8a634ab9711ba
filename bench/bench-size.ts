/**
 * How long a bench takes its time: `full` is what is promised and kept, `quick` is for looking after a change, and `tiny`
 * only shows that the bench runs, its figures mean nothing.
 */
export type BenchSize = "full" | "quick" | "tiny";
