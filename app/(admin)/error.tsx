"use client";

import { PageFailure } from "@/components/ui/page-failure.tsx";

/** Inside the shell: the rail, the clock and the feed bar go on. */
export default function AdminError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return <PageFailure reference={error.digest} onRetry={reset} className="whole-panel" />;
}
