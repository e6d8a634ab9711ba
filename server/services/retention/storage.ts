import { type RetentionInput, STORAGE_KINDS, type Storage } from "../../contracts/storage.ts";
import { RETENTION_KINDS, type RetentionKind } from "../../domain/retention.ts";
import { isoTime } from "../../platform/clock.ts";
import { AppError } from "../../platform/errors.ts";
import type { Context } from "../context.ts";
import { requireRole } from "../require-role.ts";

export const RETENTION_SETTING = "retention";

/** What is stored, how much room it takes, and for how long it is kept. */
export async function getStorage(context: Context): Promise<Storage> {
  requireRole(context.actor, "admin");
  const [days, use, runs, setting] = await Promise.all([
    context.retention.days(),
    context.retention.use(),
    context.retention.runs(),
    context.settings.get(RETENTION_SETTING),
  ]);
  const kinds = STORAGE_KINDS.map((kind): Storage["kinds"][number] => {
    const { bytes, oldest } = use[kind];
    const bounds = isKept(kind) ? RETENTION_KINDS[kind] : null;
    const run = isKept(kind) ? runs.get(kind) : undefined;
    return {
      ...{ kind, bytes, days: isKept(kind) ? days[kind] : null },
      ...{ daysMin: bounds?.daysMin ?? null, daysMax: bounds?.daysMax ?? null },
      oldest: oldest && isoTime(oldest.getTime()),
      ...{ removedLast: run?.removedLast ?? 0, removed: run?.removed ?? 0 },
      finishedAt: run?.finishedAt ? isoTime(run.finishedAt.getTime()) : null,
    };
  });
  return { kinds, bytes: kinds.reduce((sum, { bytes }) => sum + bytes, 0), version: setting?.version ?? 0 };
}

/** Sets for how many days each kind is kept. What is older goes with the next round of the job, and does not come back. */
export async function setRetention(context: Context, { version, days }: RetentionInput): Promise<Storage> {
  requireRole(context.actor, "admin");
  const before = await context.retention.days();
  await context.transaction(async ({ settings, audit }) => {
    const stored = await settings.put({ name: RETENTION_SETTING, value: days, version, by: context.actor.id });
    if (!stored) throw new AppError("conflict", "somebody has changed this meanwhile");
    const subject = `setting:${RETENTION_SETTING}`;
    await audit({ actor: context.actor.id, action: "setting.retention", subject, before, after: days });
  });
  return getStorage(context);
}

const isKept = (kind: string): kind is RetentionKind => Object.hasOwn(RETENTION_KINDS, kind);
