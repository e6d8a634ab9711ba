import { LEVEL_TOKEN, type Level } from "@/components/ui/level.ts";
import { LANES, type TimelinePoint } from "./timeline-layout.ts";
import type { TimelineScale } from "./timeline-scale.ts";

/** Two lines of words above the line of a lane and two below it, and air to the next. */
export const LANE_HEIGHT = 84;

type TimelineMarksProps = {
  points: readonly TimelinePoint[];
  scale: TimelineScale;
  width: number;
  nowMs: number;
  /** How the order stands: what is expected late is drawn in its tone. */
  level: Level;
};

/** Lines, bars and shapes: hollow is planned, filled is actual, a diamond is expected, with a bar to its p90. */
export function TimelineMarks({ points, scale, width, nowMs, level }: TimelineMarksProps) {
  const height = LANES.length * LANE_HEIGHT;
  const now = scale.x(nowMs);
  const middle = (point: TimelinePoint) => LANES.indexOf(point.lane) * LANE_HEIGHT + LANE_HEIGHT / 2;
  const drive = driveOf(points, now);
  return (
    <svg width={width} height={height} aria-hidden="true" className="timeline-marks">
      {scale.ticks.map((tick) => (
        <path key={tick} d={`M${scale.x(tick)} 0V${height}`} className="mark-tick" />
      ))}
      {LANES.map((lane, index) => (
        <path key={lane} d={`M0 ${index * LANE_HEIGHT + LANE_HEIGHT / 2}H${width}`} className="mark-lane" />
      ))}
      {drive && (
        <path
          d={`M${drive.from} ${middle(drive.point)}H${drive.to}`}
          className="mark-bar tone-accent"
          strokeWidth={3}
        />
      )}
      {now >= 0 && now <= width && <path d={`M${now} 0V${height}`} className="mark-now" />}
      {points.map((point) => (
        <Marks key={point.key} point={point} y={middle(point)} level={level} />
      ))}
    </svg>
  );
}

/** From when the truck left until it arrived, or until now. */
function driveOf(points: readonly TimelinePoint[], now: number) {
  const left = points.filter(({ milestone, actual }) => milestone.kind === "departed" && actual !== null).at(-1);
  if (!left) return null;
  const ends = points.filter(
    ({ milestone, actual }) =>
      actual !== null &&
      actual > left.actual! &&
      (milestone.kind === "arrived" || milestone.kind === "proof_of_delivery") &&
      milestone.source === "truck",
  );
  const to = ends[0]?.actual ?? now;
  return to > left.actual! ? { point: left, from: left.actual!, to } : null;
}

function Marks({ point, y, level }: { point: TimelinePoint; y: number; level: Level }) {
  const { planned, actual, expected, milestone } = point;
  const isLate = (milestone.varianceMinutes ?? 0) > 0;
  if (milestone.kind === "crm_changed" || milestone.kind === "case_opened")
    return <circle cx={point.x} cy={y} r={4.4} className="mark-notice tone-watch" />;
  const expectedTone = isLate ? `tone-${LEVEL_TOKEN[level]}` : "tone-accent";
  return (
    <g>
      {planned !== null && actual !== null && <path d={`M${planned} ${y}H${actual}`} className="mark-bar dim" />}
      {expected && actual === null && (
        <g className={expectedTone}>
          {planned !== null && <path d={`M${planned} ${y}H${expected.p50}`} className="mark-bar" strokeWidth={3} />}
          <path d={`M${expected.p50} ${y}H${expected.p90}`} className="mark-range" />
        </g>
      )}
      {planned !== null && <circle cx={planned} cy={y} r={4.6} className="mark-planned" />}
      {actual !== null && <circle cx={actual} cy={y} r={4.8} className="mark-actual" />}
      {expected && actual === null && (
        <path
          d={`M${expected.p50} ${y - 6.4}l6.4 6.4-6.4 6.4-6.4-6.4Z`}
          fill="currentColor"
          className={`mark-expected ${expectedTone}`}
        />
      )}
    </g>
  );
}
