import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MILESTONE_KINDS, type Milestone } from "@/server/contracts/order.ts";
import { LANES, layOutTimeline } from "./timeline-layout.ts";
import { momentOf, timelineScale, zoneOffsetMs } from "./timeline-scale.ts";

const NOW = Date.parse("2026-11-17T14:32:00.000Z");
const WIDTH = 1_200;
const HOUR = 3_600_000;

const moment = fc
  .integer({ min: -20 * 24 * 60, max: 5 * 24 * 60 })
  .map((minutes) => new Date(NOW + minutes * 60_000).toISOString());
const dayOrMoment = fc.oneof(
  moment,
  moment.map((text) => text.slice(0, 10)),
);
const milestone: fc.Arbitrary<Milestone> = fc.record({
  kind: fc.constantFrom(...MILESTONE_KINDS),
  source: fc.constantFrom(...LANES),
  planned: fc.option(dayOrMoment),
  actual: fc.option(dayOrMoment),
  expected: fc.option(fc.record({ p50: moment, p90: moment })),
  varianceMinutes: fc.option(fc.integer({ min: -500, max: 5_000 })),
  subject: fc.option(fc.string({ maxLength: 24 })),
  record: fc.constant(null),
});

function layOut(milestones: Milestone[]) {
  const scale = timelineScale({ milestones, nowMs: NOW, width: WIDTH, zoneOffsetMs: 0 });
  const points = layOutTimeline({
    milestones,
    scale,
    width: WIDTH,
    words: ({ kind, subject }) => ({ title: kind, detail: `+54 min ${subject ?? ""}` }),
    measure: (text) => 6.4 * text.length,
  });
  return { scale, points };
}

describe("the timeline of an order", () => {
  test("labels of generated milestones never overlap, and every milestone with a time keeps its point", () => {
    fc.assert(
      fc.property(fc.array(milestone, { maxLength: 24 }), (milestones) => {
        const { points } = layOut(milestones);
        const timed = milestones.filter(({ planned, actual, expected }) => planned ?? actual ?? expected);
        expect(points).toHaveLength(timed.length);
        for (const { x } of points) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(x).toBeLessThanOrEqual(WIDTH);
        }
        for (const lane of LANES)
          for (const side of ["above", "below"] as const) {
            const row = points
              .filter((point) => point.lane === lane && point.place?.side === side)
              .map(({ place }) => place!)
              .sort((a, b) => a.left - b.left);
            for (let index = 1; index < row.length; index += 1)
              expect(row[index - 1]!.left + row[index - 1]!.width).toBeLessThanOrEqual(row[index]!.left);
          }
      }),
    );
  });

  const usual = (kind: Milestone["kind"], planned: string | null, actual: string | null): Milestone => ({
    kind,
    source: "sap",
    planned,
    actual,
    expected: null,
    varianceMinutes: null,
    subject: "4812207",
    record: null,
  });

  test("now is on the axis while something has to come, and an order long done is shown for itself", () => {
    const open = [
      usual("confirmed", "2026-11-16T10:00:00.000Z", "2026-11-16T10:30:00.000Z"),
      usual("picked", null, null),
    ];
    const { scale } = layOut(open);
    expect(scale.toMs).toBeGreaterThan(NOW);
    const done = [usual("confirmed", "2026-10-01T10:00:00.000Z", "2026-10-01T18:00:00.000Z")];
    expect(layOut(done).scale.toMs).toBeLessThan(NOW);
  });

  test("a day without a time stands at its noon, and the label at what happened before what was planned", () => {
    expect(momentOf("2026-11-17")).toBe(Date.parse("2026-11-17T12:00:00.000Z"));
    const { points, scale } = layOut([usual("goods_issue", "2026-11-16", "2026-11-17T08:30:00.000Z")]);
    expect(points[0]!.x).toBe(scale.x(Date.parse("2026-11-17T08:30:00.000Z")));
    expect(points[0]!.planned).toBeLessThan(points[0]!.x);
  });

  test("ticks stand at whole hours of the zone and far enough apart to be read", () => {
    const offset = zoneOffsetMs("America/Chicago", NOW);
    expect(offset).toBe(-6 * HOUR);
    expect(zoneOffsetMs("Asia/Kolkata", NOW)).toBe(5.5 * HOUR);
    expect(zoneOffsetMs("UTC", NOW)).toBe(0);
    const milestones = [usual("picked", "2026-11-16T12:00:00.000Z", null)];
    const { ticks, x } = timelineScale({ milestones, nowMs: NOW, width: WIDTH, zoneOffsetMs: offset });
    expect(ticks.length).toBeGreaterThan(3);
    for (const tick of ticks) expect((tick + offset) % HOUR).toBe(0);
    expect(x(ticks[1]!) - x(ticks[0]!)).toBeGreaterThanOrEqual(110);
    const years = layOut([usual("promised", "2036-08-28", null)]).scale;
    expect(years.x(years.ticks[1]!) - years.x(years.ticks[0]!)).toBeGreaterThanOrEqual(110);
  });
});
