/**
 * What a source says happened to one of its rows. `create` and `read` carry the whole row, `update` what it sets
 * (perhaps only some fields), `delete` what was known of the row, `gap` nothing: the source could not tell the change.
 */
export type Operation = "create" | "update" | "delete" | "read" | "gap";

/** Which row of which system: the identity of an image. */
export type RowId = { system: string; entity: string; key: string };

/** The record of the log a change came in. */
export type ChangeRecord = { topic: string; partition: number; offset: bigint; timestampMs: number };

/**
 * One change of one row. `position` is the source's own order as text of fixed width, so that comparing text compares
 * time; the same position of the same row is the same change. Field values are JSON values as the source sent them.
 */
export type Change = RowId & {
  operation: Operation;
  position: string;
  commitTimeMs: number;
  fields: Readonly<Record<string, unknown>>;
  record: ChangeRecord;
};

/** The source lost changes of every row whose key begins with `keyPrefix`: they are stale until they are sent whole. */
export type WideGap = {
  system: string;
  entity: string;
  keyPrefix: string;
  position: string;
  commitTimeMs: number;
  record: ChangeRecord;
};

/** A text that tells two rows apart: no part of an identity holds the separator. */
export const rowName = (row: RowId): string => `${row.system}\u001f${row.entity}\u001f${row.key}`;

/** Repeats of a change have the same name. */
export const changeName = (change: RowId & { position: string }): string =>
  `${rowName(change)}\u001f${change.position}`;
