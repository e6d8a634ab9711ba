import type { Messages } from "@/components/messages/en.ts";
import type { Formats } from "@/components/ui/formats.ts";
import type { Milestone } from "@/server/contracts/order.ts";
import { dayWords } from "./order-words.ts";
import type { MilestoneLabel } from "./timeline-layout.ts";

export type WordsContext = { text: Messages; formats: Formats; locale: string; nowMs: number };

const MINUTE = 60_000;

/** A time in the zone of the reader, or a day as its source keeps it. */
export function whenWords(value: string | null, { text, formats, locale, nowMs }: WordsContext): string {
  if (value !== null && value.length === 10) return dayWords(value, locale, text.missing);
  return formats.time(value, nowMs);
}

/** The two lines at a milestone: its name; how far off it is or when it was, and the document. */
export function milestoneLabel(milestone: Milestone, context: WordsContext): MilestoneLabel {
  const { timeline } = context.text.orders;
  const { varianceMinutes, subject, expected, actual } = milestone;
  const parts: string[] = [];
  if (varianceMinutes !== null && varianceMinutes !== 0)
    parts.push(context.formats.difference(varianceMinutes * MINUTE));
  else if (actual !== null || !expected) parts.push(whenWords(actual ?? milestone.planned, context));
  if (actual === null && expected) parts.push(rangeWords(expected, context));
  if (subject) parts.push(subject);
  return { title: timeline.kinds[milestone.kind], detail: parts.join("  ") };
}

/** Everything a milestone tells, as one sentence for a button. */
export function milestoneSentence(milestone: Milestone, context: WordsContext): string {
  const { timeline } = context.text.orders;
  const { planned, actual, expected, varianceMinutes, subject, kind, source } = milestone;
  const parts = [
    `${timeline.kinds[kind]}, ${timeline.lanes[source]}`,
    subject,
    planned && timeline.plannedAt(whenWords(planned, context)),
    actual && timeline.actualAt(whenWords(actual, context)),
    actual === null && expected && timeline.expectedAt(rangeWords(expected, context)),
    differenceWords(varianceMinutes, context),
  ];
  return parts.filter(Boolean).join(", ");
}

/** `54 min late`, `8 min early`, `as planned`; empty when nothing can be compared. */
export function differenceWords(minutes: number | null, { text, formats }: WordsContext): string {
  const { timeline } = text.orders;
  if (minutes === null) return "";
  if (minutes === 0) return timeline.onTime;
  const by = formats.duration(Math.abs(minutes) * MINUTE);
  return minutes > 0 ? timeline.late(by) : timeline.early(by);
}

export const rangeWords = ({ p50, p90 }: { p50: string; p90: string }, { text, formats, nowMs }: WordsContext) =>
  text.orders.timeline.range(formats.time(p50, nowMs), formats.time(p90, nowMs));
