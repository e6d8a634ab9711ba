"use client";

import { Button, Modal, TextInput } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconArrowBackUp, IconPlayerPlay } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import { useState } from "react";
import { say, useWrite } from "@/components/admin/settings/use-write.ts";
import { sendJson } from "@/components/ui/fetch-json.ts";
import { useText } from "@/components/ui/preferences.tsx";
import { DeadLetter, type DeadLetterCheck } from "@/server/contracts/dead-letter.ts";
import { toBase64 } from "./data-queries.ts";
import { effectWords } from "./effect-words.ts";
import { reasonWords } from "./reason-words.ts";

const send = (id: string, verb: string, body: object) =>
  sendJson(`/api/v1/dead-letters/${encodeURIComponent(id)}/${verb}`, { method: "POST", body }, DeadLetter);

type LetterActionsProps = {
  letter: DeadLetter;
  mended: string | null;
  check: UseQueryResult<DeadLetterCheck>;
  /** What stands there has not been checked yet. */
  isChecking: boolean;
  onUndo: () => void;
};

/** What a replay would come to, in words, and what can be done: set aside, undo the mending, replay, open again. */
export function LetterActions({ letter, mended, check, isChecking, onUndo }: LetterActionsProps) {
  const text = useText();
  const { letter: words } = text.data;
  const [isAsking, setAsking] = useState(false);
  const refresh = "dead-letters";
  const reopen = useWrite(() => send(letter.id, "reopen", {}), { refresh, onDone: () => say(words.reopened) });
  const replay = useWrite(() => send(letter.id, "replay", mended === null ? {} : { value: toBase64(mended) }), {
    refresh,
    onDone: () => {
      onUndo();
      say(words.replayed);
    },
  });
  const checked = check.data;
  const isUnsure = isChecking || check.isFetching;
  const wouldFail = checked?.outcome === "rejected";
  return (
    <div className="data-letter-actions">
      <p className="small grow" role="status">
        <EffectLine letter={letter} check={checked} isUnsure={isUnsure} hasFailed={check.isError} />
      </p>
      {letter.status === "open" && (
        <>
          <Button variant="subtle" color="gray" onClick={() => setAsking(true)}>
            {words.setAside}
          </Button>
          <Button
            leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
            disabled={mended === null}
            aria-label={words.undoEdits}
            onClick={onUndo}
          >
            {words.undo}
          </Button>
          <Button
            variant="filled"
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            disabled={!checked || isUnsure || wouldFail}
            loading={replay.isPending}
            onClick={() => replay.mutate()}
          >
            {mended === null ? words.replay : words.mendReplay}
          </Button>
        </>
      )}
      {letter.status === "discarded" && (
        <Button
          leftSection={<IconArrowBackUp size={14} aria-hidden="true" />}
          loading={reopen.isPending}
          onClick={() => reopen.mutate()}
        >
          {words.reopen}
        </Button>
      )}
      {isAsking && <SetAside letter={letter} onClose={() => setAsking(false)} onUndo={() => reopen.mutate()} />}
    </div>
  );
}

type EffectLineProps = {
  letter: DeadLetter;
  check: DeadLetterCheck | undefined;
  isUnsure: boolean;
  hasFailed: boolean;
};

function EffectLine({ letter, check, isUnsure, hasFailed }: EffectLineProps) {
  const text = useText();
  const { letter: words } = text.data;
  if (letter.status === "replayed")
    return letter.attempts.at(-1)?.action === "replayed" ? words.waitingForOutcome : words.kept;
  if (letter.status === "discarded") return words.kept;
  if (hasFailed) return <span className="tone-high">{words.checkFailed}</span>;
  if (!check || isUnsure) return <span className="faint">{words.checking}</span>;
  if (check.outcome === "ignored") return words.wouldIgnore;
  if (check.outcome === "rejected") {
    const reason = reasonWords(check.reason ?? "", text).toLowerCase();
    return <span className="tone-watch">{words.wouldReject(reason, check.message ?? "")}</span>;
  }
  return `${words.after(effectWords(check.effects, text))} ${words.kept}`;
}

/** Asks why, and offers to take it back once it is done. */
function SetAside({ letter, onClose, onUndo }: { letter: DeadLetter; onClose: () => void; onUndo: () => void }) {
  const { data } = useText();
  const { letter: words } = data;
  const [comment, setComment] = useState("");
  const discard = useWrite(() => send(letter.id, "discard", comment.trim() ? { comment: comment.trim() } : {}), {
    refresh: "dead-letters",
    onDone: () => {
      onClose();
      const id = `set-aside ${letter.id}`;
      const undo = () => {
        notifications.hide(id);
        onUndo();
      };
      notifications.show({
        id,
        role: "status",
        message: (
          <span className="between">
            {words.setAsideDone}
            <button type="button" className="link" onClick={undo}>
              {words.undo}
            </button>
          </span>
        ),
      });
    },
  });
  return (
    <Modal opened onClose={onClose} title={words.setAsideTitle} closeButtonProps={{ "aria-label": data.close }}>
      <form
        className="settings-form"
        onSubmit={(event) => {
          event.preventDefault();
          discard.mutate();
        }}
      >
        <p className="small dim data-lead">{words.setAsideBody}</p>
        <TextInput
          label={words.comment}
          data-autofocus
          maxLength={2_000}
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <div className="data-actions">
          <Button onClick={onClose}>{data.cancel}</Button>
          <Button type="submit" variant="filled" loading={discard.isPending}>
            {words.setAside}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
