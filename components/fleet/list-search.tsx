"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useShortcut } from "@/components/shell/shortcuts-provider.tsx";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";

const TYPING_MS = 200;

type ListSearchProps = {
  value: string;
  onChange(text: string): void;
  label?: string;
  hint?: string;
  className?: string;
};

/** Searches the list as one types; Escape empties it, then leaves it. Without other words it is the vehicles' list. */
export function ListSearch({ value, onChange, label, hint, className }: ListSearchProps) {
  const text = useText();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(value);
  const settle = useDebouncedCallback(onChange, TYPING_MS);
  // The address may change from outside: Back, a link, "Clear filters".
  useEffect(() => setTyped(value), [value]);
  useShortcut("search", () => input.current?.focus());
  return (
    <TextInput
      ref={input}
      type="search"
      className={className}
      aria-label={label ?? text.fleet.search}
      placeholder={hint ?? text.fleet.searchHint}
      leftSection={<IconSearch size={14} aria-hidden="true" />}
      rightSection={<Kbd>/</Kbd>}
      rightSectionPointerEvents="none"
      autoComplete="off"
      spellCheck={false}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        settle(event.currentTarget.value.trim());
      }}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        if (typed === "") return input.current?.blur();
        setTyped("");
        settle.cancel();
        onChange("");
      }}
    />
  );
}
