"use client";

import { CloseButton, Modal, Switch } from "@mantine/core";
import { Fragment } from "react";
import { Kbd } from "@/components/ui/kbd.tsx";
import { usePreferences } from "@/components/ui/preferences.tsx";
import type { NavEntry } from "./nav.ts";
import { SHORTCUT_GROUPS, SHORTCUTS } from "./shortcuts.ts";

type HelpProps = { opened: boolean; onClose: () => void; page: NavEntry | undefined };

/** What the open page is for, all keys by where they work, and the switch that turns the single ones off. */
export function Help({ opened, onClose, page }: HelpProps) {
  const { text, singleKeys, change } = usePreferences();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      withCloseButton={false}
      size={520}
      attributes={{ content: { "aria-label": text.help.title } }}
    >
      <div className="between help-head">
        <h2 className="title">{text.help.title}</h2>
        <CloseButton aria-label={text.help.close} onClick={onClose} />
      </div>
      {page && (
        <section className="help-group help-page">
          <h3 className="caption">{text.pages[page.name]}</h3>
          {text.pageHelp[page.name].map((line) => (
            <p key={line} className="small dim">
              {line}
            </p>
          ))}
        </section>
      )}
      <Switch
        checked={singleKeys}
        onChange={(event) => change({ singleKeys: event.currentTarget.checked })}
        label={text.help.singleKeys}
        description={text.help.singleKeysHelp}
        data-autofocus
      />
      {SHORTCUT_GROUPS.map((group) => (
        <section key={group} className="help-group">
          <h3 className="caption">{text.help.groups[group]}</h3>
          <dl className="help-keys">
            {SHORTCUTS.filter((shortcut) => shortcut.group === group).map((shortcut) => (
              <Fragment key={shortcut.id}>
                <dt className={shortcut.single && !singleKeys ? "help-off" : undefined}>
                  {text.help.keys[shortcut.id]}
                </dt>
                <dd className="keys">
                  <Keys keys={shortcut.keys} word={"sequence" in shortcut ? text.help.sequence : null} />
                </dd>
              </Fragment>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  );
}

function Keys({ keys, word }: { keys: readonly string[]; word: string | null }) {
  return keys.map((key, index) => (
    <Fragment key={key}>
      {index > 0 && word && <span className="tiny faint">{word}</span>}
      <Kbd>{key}</Kbd>
    </Fragment>
  ));
}
