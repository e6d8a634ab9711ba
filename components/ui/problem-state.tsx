"use client";

import { Button } from "@mantine/core";
import { IconAlertTriangle, IconLock, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { Blank } from "./blank.tsx";
import { useText } from "./preferences.tsx";

type ProblemStateProps = {
  title: string;
  /** What went wrong, in words. */
  reason: string;
  /** What goes on nevertheless, and that nothing was lost. */
  stillWorks: string;
  reference?: string | undefined;
  refused?: boolean;
  headingLevel?: 1 | 2;
  onRetry?: () => void;
};

/** The designed failure: what failed, what still works, try again, and a reference to give to the admin. */
export function ProblemState({
  title,
  reason,
  stillWorks,
  reference,
  refused = false,
  headingLevel = 2,
  onRetry,
}: ProblemStateProps) {
  const text = useText();
  const icon = refused ? (
    <IconLock size={28} className="tone-normal" aria-hidden="true" />
  ) : (
    <IconAlertTriangle size={28} className="tone-high" aria-hidden="true" />
  );
  return (
    <Blank icon={icon} title={title} body={`${reason} ${stillWorks}`} level={headingLevel}>
      {onRetry && (
        <Button variant="filled" leftSection={<IconRefresh size={14} aria-hidden="true" />} onClick={onRetry}>
          {text.errors.tryAgain}
        </Button>
      )}
      {reference && <Reference reference={reference} />}
    </Blank>
  );
}

function Reference({ reference }: { reference: string }) {
  const { errors } = useText();
  const [copied, setCopied] = useState(false);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(reference);
      setCopied(true);
    } catch {
      setCopied(false);
    }
  };
  return (
    <p className="blank-reference small faint">
      {errors.reference} <span className="mono">{reference}</span> {errors.forAdmin} ·{" "}
      <button type="button" className="link" onClick={copy}>
        {copied ? errors.copied : errors.copy}
      </button>
    </p>
  );
}
