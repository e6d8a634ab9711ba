import type { Messages } from "@/components/messages/en.ts";
import { ANSWER_MS_MAX, ApiFailure } from "./fetch-json.ts";

/** A failure in the words of the person in front of the screen. */
export function failureWords(error: unknown, { errors }: Messages): string {
  if (!(error instanceof ApiFailure)) return errors.unknown;
  if (error.code === "timeout") return errors.timeout(String(ANSWER_MS_MAX / 1000));
  if (error.status === 0) return errors.unreachable;
  if (error.status === 429) return errors.tooMany;
  if (error.status === 503) return errors.parts[error.part ?? ""] ?? errors.unavailable;
  return error.status >= 500 ? errors.server : errors.unknown;
}
