"use client";

import { useText } from "./preferences.tsx";
import { ProblemState } from "./problem-state.tsx";

type PageFailureProps = { reference: string | undefined; onRetry: () => void; className: "whole-page" | "whole-panel" };

/** A page whose code failed. `reference` is what the server's log calls this failure. */
export function PageFailure({ reference, onRetry, className }: PageFailureProps) {
  const { errors } = useText();
  const Place = className === "whole-page" ? "main" : "div";
  return (
    <Place className={className}>
      <ProblemState
        title={errors.page}
        reason={errors.unknown}
        stillWorks={errors.pageStillWorks}
        reference={reference}
        headingLevel={className === "whole-page" ? 1 : 2}
        onRetry={onRetry}
      />
    </Place>
  );
}
