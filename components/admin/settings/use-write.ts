"use client";

import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";

/** A change at the tower: afterwards what hangs on it is read again, and a refusal is said in words. */
export function useWrite<Input, Answer>(
  work: (input: Input) => Promise<Answer>,
  options: { refresh: string; onDone(answer: Answer, input: Input): void },
) {
  const text = useText();
  const client = useQueryClient();
  return useMutation({
    mutationFn: work,
    retry: false,
    onSuccess: options.onDone,
    onError: (error) => notifications.show({ message: wordsFor(error, text), color: "red", role: "alert" }),
    onSettled: () => client.invalidateQueries({ queryKey: [options.refresh] }),
  });
}

function wordsFor(error: Error, text: ReturnType<typeof useText>): string {
  if (!(error instanceof ApiFailure) || error.status === 0 || error.status >= 500) return failureWords(error, text);
  if (error.status === 409 && error.message.includes("meanwhile")) return text.settings.conflict;
  return text.settings.notDone(error.errors[0]?.message ?? error.message);
}

export const say = (message: string) => notifications.show({ message, role: "status" });
