"use client";

import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { failureWords } from "@/components/ui/failure-words.ts";
import { ApiFailure } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { ProblemState } from "@/components/ui/problem-state.tsx";

type Query = {
  isPending: boolean;
  error: Error | null;
  refetch(): unknown;
  hasNextPage?: boolean;
  isFetchingNextPage?: boolean;
  fetchNextPage?(): unknown;
};

/** A list that loads, failed, or is there; with the way to more of it. */
export function ListStates({ query, children }: { query: Query; children: ReactNode }) {
  const text = useText();
  const { settings } = text;
  if (query.isPending)
    return (
      <div className="section" role="status" aria-label={settings.loading}>
        {[0, 1, 2, 3, 4].map((row) => (
          <Skeleton key={row} height={28} mb={16} />
        ))}
      </div>
    );
  if (query.error)
    return (
      <ProblemState
        title={settings.failed}
        reason={failureWords(query.error, text)}
        stillWorks={settings.stillWorks}
        reference={query.error instanceof ApiFailure ? query.error.reference : undefined}
        onRetry={() => query.refetch()}
      />
    );
  return (
    <>
      {children}
      {query.hasNextPage && (
        <div className="section">
          <Button loading={query.isFetchingNextPage ?? false} onClick={() => query.fetchNextPage?.()}>
            {settings.more}
          </Button>
        </div>
      )}
    </>
  );
}
