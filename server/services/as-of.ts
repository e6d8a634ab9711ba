import { AppError } from "../platform/errors.ts";

/** The tower answers for the present. An earlier (or later) moment is refused rather than answered wrongly. */
export function requirePresent(asOf: string | undefined): void {
  if (asOf === undefined) return;
  throw new AppError("unprocessable", "this version answers for the present only", {
    fields: [{ path: "/asOf", message: "leave it out: state is not kept for earlier moments yet" }],
  });
}
