import { z } from "zod";
import type { Logger } from "../../../platform/logger.ts";
import { JournalFile } from "../journal-file.ts";

const LINES_BEFORE_REWRITE = 50_000;

export type CommittedOffset = { topic: string; partition: number; offset: number; metadata: string | null };

const Commit = z.object({
  group: z.string(),
  topic: z.string(),
  partition: z.number(),
  offset: z.number(),
  metadata: z.string().nullable(),
});
const Removal = z.object({ group: z.string(), removedTopic: z.string().nullable() });
const Line = z.union([Commit, Removal]);
type Line = z.infer<typeof Line>;

/** The offsets that consumer groups committed. In the page cache when `commit` returns. */
export class OffsetStore {
  readonly #journal: JournalFile;
  readonly #offsetsByGroup = new Map<string, Map<string, CommittedOffset>>();

  constructor(path: string, logger: Logger) {
    for (const line of JournalFile.read(path, logger)) this.#apply(Line.parse(line));
    this.#journal = new JournalFile(path);
    this.#journal.rewrite(this.#lines());
  }

  get groupIds(): string[] {
    return [...this.#offsetsByGroup.keys()];
  }

  has(groupId: string): boolean {
    return this.#offsetsByGroup.has(groupId);
  }

  get(groupId: string, topic: string, partition: number): CommittedOffset | undefined {
    return this.#offsetsByGroup.get(groupId)?.get(keyOf(topic, partition));
  }

  allOf(groupId: string): CommittedOffset[] {
    return [...(this.#offsetsByGroup.get(groupId)?.values() ?? [])];
  }

  commit(groupId: string, offsets: readonly CommittedOffset[]): void {
    this.#write(offsets.map((committed) => ({ group: groupId, ...committed })));
  }

  removeGroup(groupId: string): void {
    this.#write([{ group: groupId, removedTopic: null }]);
  }

  /** A topic that is deleted takes its offsets along: one made again under its name begins anew. */
  removeTopic(topic: string): void {
    const groupIds = this.groupIds.filter((groupId) => this.allOf(groupId).some((offset) => offset.topic === topic));
    this.#write(groupIds.map((group) => ({ group, removedTopic: topic })));
  }

  /** Keeps the file from growing for ever. */
  compact(): void {
    if (this.#journal.lines > LINES_BEFORE_REWRITE) this.#journal.rewrite(this.#lines());
  }

  sync(onError: (error: Error) => void): void {
    this.#journal.sync(onError);
  }

  close(): void {
    this.#journal.close();
  }

  #write(lines: readonly Line[]): void {
    this.#journal.append(lines);
    for (const line of lines) this.#apply(line);
  }

  #apply(line: Line): void {
    if ("removedTopic" in line) {
      this.#remove(line.group, line.removedTopic);
      return;
    }
    const { group, ...committed } = line;
    const offsets = this.#offsetsByGroup.get(group) ?? new Map<string, CommittedOffset>();
    this.#offsetsByGroup.set(group, offsets.set(keyOf(committed.topic, committed.partition), committed));
  }

  #remove(groupId: string, topic: string | null): void {
    const offsets = this.#offsetsByGroup.get(groupId);
    if (!offsets) return;
    for (const [key, committed] of offsets) if (topic === null || committed.topic === topic) offsets.delete(key);
    if (offsets.size === 0) this.#offsetsByGroup.delete(groupId);
  }

  #lines(): Line[] {
    return this.groupIds.flatMap((group) => this.allOf(group).map((committed) => ({ group, ...committed })));
  }
}

function keyOf(topic: string, partition: number): string {
  return `${topic}:${partition}`;
}
