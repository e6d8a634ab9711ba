import type { RowId } from "../../domain/change.ts";
import type { ChangeImage } from "../../domain/change-image.ts";
import type { SnapshotId, StoredChange, StoredRecordRef, StoredSnapshot } from "../ports.ts";

export type StoredProvenance = Record<
  string,
  { position: string; commitTime: Date | null; record: StoredRecordRef | null }
>;

export type BusinessLinkRef = { kind: string; id: string };

export type SnapshotRowView = SnapshotId & {
  image: Record<string, unknown>;
  deleted: boolean;
  stale: boolean;
  updatedAt: Date;
  record: StoredRecordRef;
};

/** `text` is what a key begins with, zeros in front of its parts and the client left away. */
export type SnapshotSearch = { system?: string | undefined; entity?: string | undefined; text: string | null };

export type SnapshotPlace = { updatedAt: Date } & SnapshotId;

export type SnapshotReader = {
  get(id: SnapshotId): Promise<StoredSnapshot | null>;
  /** In the order of arrival, newest first, older than the change `beforeId` when it is given. */
  changes(id: SnapshotId, options: { beforeId: bigint | null; limit: number }): Promise<StoredChange[]>;
  /** Which change last set each field of the row. */
  provenance(id: SnapshotId): Promise<StoredProvenance>;
  /** What the row belongs to, and the vehicles those are on. */
  links(id: SnapshotId): Promise<BusinessLinkRef[]>;
  /** Newest first, after `after`. */
  list(search: SnapshotSearch, options: { after: SnapshotPlace | null; limit: number }): Promise<SnapshotRowView[]>;
  /** How many rows of each kind there are; may be some seconds old. */
  counts(): Promise<{ system: string; entity: string; count: number }[]>;
  /** The merged images of these rows, by `rowName`. */
  images(rows: readonly RowId[]): Promise<Map<string, ChangeImage>>;
};
