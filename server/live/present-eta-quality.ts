import type { EtaQuality } from "../contracts/trip.ts";
import type { ErrorFigures } from "../domain/eta/eta-errors.ts";
import { isoTime } from "../platform/clock.ts";
import type { EtaFigures } from "../services/trip/eta-quality.ts";

const tenths = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);

export function presentEtaQuality({ sinceMs, overall, horizons }: EtaFigures): EtaQuality {
  return {
    since: isoTime(sinceMs),
    overall: presentFigures(overall),
    horizons: horizons.map(({ hours, ...figures }) => ({ hours, ...presentFigures(figures) })),
  };
}

const presentFigures = (figures: ErrorFigures) => ({
  samples: figures.samples,
  medianErrorMinutes: tenths(figures.medianErrorMinutes),
  meanAbsoluteErrorMinutes: tenths(figures.meanAbsoluteErrorMinutes),
  p90Held: figures.p90Held === null ? null : Math.round(figures.p90Held * 1000) / 1000,
});
