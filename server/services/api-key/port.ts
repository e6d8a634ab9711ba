import type { Role } from "../../contracts/role.ts";

export type StoredApiKey = {
  id: string;
  name: string;
  role: Role | null;
  prefix: string;
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
};

export type ApiKeyReader = {
  /** Newest first, older than the key `beforeId` when it is given. */
  list(options: { beforeId: string | null; limit: number }): Promise<StoredApiKey[]>;
};

export type ApiKeyWriter = {
  add(key: {
    name: string;
    role: Role;
    prefix: string;
    hash: string;
    createdBy: string;
    expiresAt: Date | null;
  }): Promise<StoredApiKey>;
  /** Returns `null`, changing nothing, when there is no such key in force. */
  revoke(id: string, by: string, at: Date): Promise<StoredApiKey | null>;
  countInForce(now: Date): Promise<number>;
};
