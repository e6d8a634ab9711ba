import { z } from "zod";
import { longText, plainText } from "./plain-text.ts";

const Time = z.iso.datetime({ precision: 3 });

/** What one shift tells the next. The newest is what everybody sees first. */
export const HandoverNote = z.object({
  id: z.string(),
  author: z.string(),
  /** Whether the caller wrote it: only then may it be changed. */
  isOwn: z.boolean(),
  body: z.string(),
  /** What it is about: pages of this tower with the words they were pinned under. */
  links: z.array(z.object({ path: z.string(), title: z.string() })),
  createdAt: Time,
  updatedAt: Time,
  version: z.number().int(),
});
export type HandoverNote = z.infer<typeof HandoverNote>;

const LinkInput = z.strictObject({
  // A path of this tower: begins with one slash, and holds nothing a browser could take for a host.
  path: z
    .string()
    .max(2_000)
    .regex(/^\/(?![/\\])[^\s\\]*$/, "expected a path of this tower"),
  title: plainText(200),
});

export const HandoverInput = z.strictObject({
  body: longText(10_000),
  links: z.array(LinkInput).max(50, "expected at most 50 links"),
});
export type HandoverInput = z.infer<typeof HandoverInput>;
