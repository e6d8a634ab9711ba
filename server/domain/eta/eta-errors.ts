const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;

/** An estimate and what came of it. */
export type EtaResult = { madeMs: number; p50Ms: number; p90Ms: number; arrivedMs: number };

/** Made up to so long before the arrival. */
export const HORIZON_HOURS = [1, 4, 12, 48] as const;
/** As much as so many results counts what is believed without any. */
const PRIOR_RESULTS = 20;
const PRIOR_MINUTES = 10;
const PRIOR_SHARE = 0.12;
const SPREAD_MS_MIN = 5 * MINUTE_MS;

export type ErrorsByHorizon = readonly { hours: number; samples: number; p90ErrorMs: number | null }[];

export function errorsByHorizon(results: readonly EtaResult[]): ErrorsByHorizon {
  return byHorizon(results).map(({ hours, results: own }) => ({
    hours,
    samples: own.length,
    p90ErrorMs: quantile(
      own.map(({ arrivedMs, p50Ms }) => arrivedMs - p50Ms),
      0.9,
    ),
  }));
}

/**
 * How much later than p50 one has to say to be right nine times of ten: what the past errors at this horizon show,
 * held to a tenth of the time ahead and ten minutes while they are few.
 */
export function spreadMs(horizonMs: number, errors: ErrorsByHorizon): number {
  const priorMs = PRIOR_MINUTES * MINUTE_MS + Math.max(0, horizonMs) * PRIOR_SHARE;
  const known = errors.find(({ hours }) => horizonMs <= hours * HOUR_MS) ?? errors.at(-1);
  if (!known || known.p90ErrorMs === null) return Math.round(priorMs);
  const weight = known.samples / (known.samples + PRIOR_RESULTS);
  return Math.max(SPREAD_MS_MIN, Math.round(weight * known.p90ErrorMs + (1 - weight) * priorMs));
}

export type ErrorFigures = {
  samples: number;
  /** Of the errors without their sign. */
  medianErrorMinutes: number | null;
  meanAbsoluteErrorMinutes: number | null;
  p90Held: number | null;
};

export function figuresOf(results: readonly EtaResult[]): ErrorFigures {
  const errors = results.map(({ arrivedMs, p50Ms }) => Math.abs(arrivedMs - p50Ms) / MINUTE_MS);
  const held = results.filter(({ arrivedMs, p90Ms }) => arrivedMs <= p90Ms).length;
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length;
  return {
    samples: results.length,
    medianErrorMinutes: quantile(errors, 0.5),
    meanAbsoluteErrorMinutes: results.length === 0 ? null : mean,
    p90Held: results.length === 0 ? null : held / results.length,
  };
}

export const figuresByHorizon = (results: readonly EtaResult[]): ({ hours: number } & ErrorFigures)[] =>
  byHorizon(results).map(({ hours, results: own }) => ({ hours, ...figuresOf(own) }));

function byHorizon(results: readonly EtaResult[]): { hours: number; results: EtaResult[] }[] {
  return HORIZON_HOURS.map((hours, index) => {
    const fromMs = (HORIZON_HOURS[index - 1] ?? 0) * HOUR_MS;
    const own = results.filter(({ arrivedMs, madeMs }) => {
      const ahead = arrivedMs - madeMs;
      return ahead > fromMs && ahead <= hours * HOUR_MS;
    });
    return { hours, results: own };
  });
}

function quantile(values: readonly number[], share: number): number | null {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;
}
