"use client";

import { Button, TextInput } from "@mantine/core";
import { useState } from "react";
import { useText } from "@/components/ui/preferences.tsx";

/** Something that is shown once, to be copied. */
export function Secret({ label, value, onDone }: { label: string; value: string; onDone: () => void }) {
  const { settings } = useText();
  const [copied, setCopied] = useState(false);
  const copy = () =>
    navigator.clipboard.writeText(value).then(
      () => setCopied(true),
      () => setCopied(false),
    );
  return (
    <div className="settings-form">
      <div className="settings-secret">
        <TextInput
          label={label}
          value={value}
          readOnly
          classNames={{ input: "mono" }}
          data-autofocus
          onFocus={(event) => event.currentTarget.select()}
        />
        <Button onClick={copy}>{copied ? settings.copied : settings.copy}</Button>
      </div>
      <Button variant="filled" onClick={onDone}>
        {settings.people.done}
      </Button>
    </div>
  );
}
