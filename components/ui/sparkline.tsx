import type { Token } from "./theme.ts";

type SparklineProps = {
  /** Evenly spaced; `null` where nothing is known, which leaves a gap. */
  values: readonly (number | null)[];
  width?: number;
  height?: number;
  tone?: Token;
  limit?: number;
  /** What fills the height at least, so that noise looks like noise. */
  spreadMin?: number;
};

const MARGIN = 3;

/** A word-sized line: no axes, the last value marked, an optional dashed limit. The number beside it is its text. */
export function Sparkline({ values, width = 82, height = 24, tone = "normal", limit, spreadMin = 0 }: SparklineProps) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <svg width={width} height={height} aria-hidden="true" className="sparkline" />;
  const bounds = limit === undefined ? known : [...known, limit];
  const [lowest, highest] = [Math.min(...bounds), Math.max(...bounds)];
  const spread = Math.max(highest - lowest, spreadMin);
  // A flat line lies in the middle rather than on the floor, where it would read as zero.
  const low = (lowest + highest - spread) / 2;
  const x = (index: number) => MARGIN + (index / (values.length - 1)) * (width - 2 * MARGIN);
  const y = (value: number) =>
    spread === 0 ? height / 2 : height - MARGIN - ((value - low) / spread) * (height - 2 * MARGIN);
  const lastIndex = values.findLastIndex((value) => value !== null);
  const colour = `var(--wh-${tone})`;
  return (
    <svg width={width} height={height} aria-hidden="true" className="sparkline">
      {limit !== undefined && (
        <line x1={0} x2={width} y1={y(limit)} y2={y(limit)} stroke="var(--wh-faint)" strokeDasharray="2 2" />
      )}
      <path
        d={pathOf(values, x, y)}
        fill="none"
        stroke={colour}
        strokeWidth={1.4}
        strokeLinejoin="round"
        strokeLinecap="round"
      />
      <circle cx={x(lastIndex)} cy={y(values[lastIndex] ?? low)} r={2.1} fill={colour} />
    </svg>
  );
}

function pathOf(
  values: readonly (number | null)[],
  x: (index: number) => number,
  y: (value: number) => number,
): string {
  let pen = "M";
  let path = "";
  for (const [index, value] of values.entries()) {
    if (value === null) {
      pen = "M";
      continue;
    }
    path += `${pen}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    // A reading alone between two silences is a dot.
    if (pen === "M") path += "h0";
    pen = "L";
  }
  return path;
}
