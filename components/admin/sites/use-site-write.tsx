"use client";

import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";

/** What hangs on the sites: all of it is read again after each change, whether it went through or not. */
const HANGING: readonly string[] = ["sites", "fences", "audit"];
const UNDO_MS = 8_000;

/** A change of sites or fences. A refusal is said in words; `onRefused` may show it where it belongs instead. */
export function useSiteWrite<Input, Answer>(
  work: (input: Input) => Promise<Answer>,
  options: { onDone(answer: Answer, input: Input): void; onRefused?(error: Error): boolean },
) {
  const text = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    retry: false,
    onSuccess: options.onDone,
    onError: (error) => {
      if (options.onRefused?.(error)) return;
      notifications.show({ message: refusalWords(error, text), color: "red", role: "alert" });
    },
    onSettled: () => Promise.all(HANGING.map((key) => client.invalidateQueries({ queryKey: [key] }))),
  });
}

export function refusalWords(error: Error, text: ReturnType<typeof useText>): string {
  if (!(error instanceof ApiFailure) || error.status === 0 || error.status >= 500) return failureWords(error, text);
  if (error.status === 409) return text.settings.conflict;
  return text.settings.notDone(error.errors[0]?.message ?? error.message);
}

export const say = (message: string) => notifications.show({ message, role: "status" });

/** A result that can be taken back for a while. */
export function sayWithUndo(message: string, undo: { label: string; run(): void }): void {
  const id = notifications.show({
    role: "status",
    autoClose: UNDO_MS,
    message: (
      <span className="between">
        <span>{message}</span>
        <button
          type="button"
          className="link"
          onClick={() => {
            notifications.hide(id);
            undo.run();
          }}
        >
          {undo.label}
        </button>
      </span>
    ),
  });
}
