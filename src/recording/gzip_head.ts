// Tells gzip data by its first bytes.

/** True if the bytes begin like gzip data. */
export function isGzip(head: Uint8Array): boolean {
  return head[0] === 0x1f && head[1] === 0x8b;
}
