import { z } from "zod";
import { Role } from "./role.ts";

const Time = z.iso.datetime({ precision: 3 });

/** A key for programs. The key itself is told once, when it is made. */
export const ApiKey = z.object({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** How it begins: enough to recognise it by. */
  prefix: z.string(),
  createdBy: z.string(),
  createdAt: Time,
  expiresAt: Time.nullable(),
  lastUsedAt: Time.nullable(),
  revokedAt: Time.nullable(),
});
export type ApiKey = z.infer<typeof ApiKey>;

export const ApiKeyMade = z.object({ apiKey: ApiKey, key: z.string() });
export type ApiKeyMade = z.infer<typeof ApiKeyMade>;
