/** 32-bit FNV-1a. Tells two records apart well enough to notice that a topic was made anew; not for security. */
export function hashBytes(bytes: Uint8Array, from = 0, to = bytes.length): number {
  let hash = -2128831035;
  for (let at = from; at < to; at++) hash = Math.imul(hash ^ bytes[at]!, 16777619);
  return hash;
}

/** What is kept of the last record of a chunk, to compare with when reading goes on after a restart. */
export function recordHash(record: { key: Uint8Array | null; value: Uint8Array | null; timestamp: string }): number {
  const key = record.key === null ? 0 : hashBytes(record.key);
  const value = record.value === null ? 0 : hashBytes(record.value);
  return (Math.imul(key, 31) + Math.imul(value, 17) + hashBytes(Buffer.from(record.timestamp))) | 0;
}
