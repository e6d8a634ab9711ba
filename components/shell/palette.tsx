"use client";

import { Modal } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { type KeyboardEvent, useEffect, useId, useState } from "react";
import { Kbd } from "@/components/ui/kbd.tsx";
import { useText } from "@/components/ui/preferences.tsx";
import type { Role } from "@/server/contracts/role.ts";
import { PaletteResults } from "./palette-results.tsx";
import { type PaletteItem, usePaletteItems } from "./use-palette-items.tsx";

type PaletteProps = { opened: boolean; onClose: () => void; onHelp: () => void; role: Role };

/** Finds a vehicle, a page or a thing to do, from anywhere by Ctrl K. A dialog with a combobox, worked by keyboard alone. */
export function Palette({ opened, onClose, onHelp, role }: PaletteProps) {
  const text = useText();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      yOffset={112}
      size={640}
      padding={0}
      radius={10}
      // Somebody types on as soon as the keys are pressed: the field has to be there.
      transitionProps={{ duration: 0 }}
      classNames={{ content: "palette" }}
      attributes={{ content: { "aria-label": text.palette.label } }}
    >
      <PaletteBody onClose={onClose} onHelp={onHelp} role={role} />
    </Modal>
  );
}

/** Lives only while the palette is open, so that each opening starts empty. */
function PaletteBody({ onClose, onHelp, role }: Omit<PaletteProps, "opened">) {
  const text = useText();
  const listId = useId();
  const [query, setQuery] = useState("");
  const [active, setActive] = useState(0);
  const { items, note } = usePaletteItems(query, role, onHelp);
  const chosen = Math.min(active, items.length - 1);

  useEffect(() => {
    document.getElementById(`${listId}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [listId, chosen]);

  const run = (item: PaletteItem | undefined) => {
    if (!item) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (step === undefined) run(items[chosen]);
    else if (items.length > 0) setActive((chosen + step + items.length) % items.length);
  };
  return (
    <>
      <div className="palette-input">
        <IconSearch size={18} aria-hidden="true" />
        <input
          role="combobox"
          aria-label={text.palette.label}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={items.length > 0 ? `${listId}-${chosen}` : undefined}
          placeholder={text.palette.placeholder}
          autoComplete="off"
          spellCheck={false}
          data-autofocus
          // biome-ignore lint/a11y/noAutofocus: a palette is opened in order to type
          autoFocus
          value={query}
          onChange={(event) => {
            setQuery(event.currentTarget.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
        />
        <Kbd>Esc</Kbd>
      </div>
      <PaletteResults id={listId} items={items} active={chosen} query={query} onRun={run} onPoint={setActive} />
      <p className="palette-note small faint" role="status">
        {note}
      </p>
    </>
  );
}
