import type { Milestone } from "@/server/contracts/order.ts";
import { type LabelPlace, placeLabels } from "./place-labels.ts";
import { momentOf, type TimelineScale } from "./timeline-scale.ts";

export const LANES = ["salesforce", "sap", "truck"] as const;
export type Lane = (typeof LANES)[number];

/** What is written at a milestone. */
export type MilestoneLabel = { title: string; detail: string };

/** A milestone on the axis: pixels of what it tells of; `x` is where its label and its button stand. */
export type TimelinePoint = {
  key: string;
  milestone: Milestone;
  lane: Lane;
  x: number;
  planned: number | null;
  actual: number | null;
  expected: { p50: number; p90: number } | null;
  label: MilestoneLabel;
  place: LabelPlace | null;
};

type Options = {
  milestones: readonly Milestone[];
  scale: TimelineScale;
  width: number;
  words(milestone: Milestone): MilestoneLabel;
  /** Width of a text in pixels, in the font of the label's title or detail. */
  measure(text: string, part: "title" | "detail"): number;
};

/** Where everything of the timeline stands. Labels of a lane never meet; lanes are far enough apart for theirs. */
export function layOutTimeline({ milestones, scale, width, words, measure }: Options): TimelinePoint[] {
  const points = milestones.flatMap((milestone, index) => pointOf(milestone, index, scale, words));
  return LANES.flatMap((lane) => {
    const mine = points.filter((point) => point.lane === lane);
    const wishes = mine.map(({ key, x, label }) => {
      const titleWidth = Math.ceil(measure(label.title, "title"));
      return { key, x, titleWidth, fullWidth: Math.max(titleWidth, Math.ceil(measure(label.detail, "detail"))) };
    });
    const places = new Map(placeLabels(wishes, { left: 0, right: width }).map((place) => [place.key, place]));
    return mine.map((point) => ({ ...point, place: places.get(point.key) ?? null })).sort((a, b) => a.x - b.x);
  });
}

/** A milestone without any time has no place on the axis; the list names it. */
function pointOf(milestone: Milestone, index: number, scale: TimelineScale, words: Options["words"]): TimelinePoint[] {
  const at = (value: string | null) => (value === null ? null : scale.x(momentOf(value)));
  const planned = at(milestone.planned);
  const actual = at(milestone.actual);
  const { expected: estimate } = milestone;
  const expected = estimate && { p50: scale.x(momentOf(estimate.p50)), p90: scale.x(momentOf(estimate.p90)) };
  const x = actual ?? expected?.p50 ?? planned;
  if (x === null) return [];
  const key = `${milestone.source}-${milestone.kind}-${index}`;
  return [
    { key, milestone, lane: milestone.source, x, planned, actual, expected, label: words(milestone), place: null },
  ];
}
