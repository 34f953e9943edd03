// GHASH of NIST SP 800-38D, four bits at a time.

/** A sum over blocks of 16 bytes. */
export interface Ghash {
  /** The last block is filled up with zeros. */
  update(data: Uint8Array): void;
  value(): Uint8Array;
  copy(): Ghash;
}

const REDUCED = Uint32Array.from({ length: 16 }, (_, r) => {
  let top = 0;
  for (let low = r, i = 0; i < 4; i++, low >>>= 1) top = (top >>> 1) ^ (low & 1 ? 0xe1000000 : 0);
  return top >>> 0;
});

/** `key` is 16 bytes: zeros, encrypted. */
export function ghash(key: Uint8Array): Ghash {
  const table = new Uint32Array(64);
  const read = new DataView(key.buffer, key.byteOffset, 16);
  for (let w = 0; w < 4; w++) table[8 * 4 + w] = read.getUint32(4 * w);
  for (let i = 4; i > 0; i >>= 1) {
    const [a = 0, b = 0, c = 0, d = 0] = table.subarray(8 * i, 8 * i + 4);
    table.set(
      [(a >>> 1) ^ (d & 1 ? 0xe1000000 : 0), (b >>> 1) | (a << 31), (c >>> 1) | (b << 31), (d >>> 1) | (c << 31)],
      4 * i,
    );
  }
  for (let i = 2; i < 16; i <<= 1)
    for (let j = 1; j < i; j++)
      for (let w = 0; w < 4; w++) table[4 * (i + j) + w] = (table[4 * i + w] ?? 0) ^ (table[4 * j + w] ?? 0);
  return over(table, new Uint8Array(16));
}

function over(table: Uint32Array, sum: Uint8Array): Ghash {
  return {
    update(data) {
      for (let at = 0; at < data.length; at += 16) {
        for (let i = 0; i < 16 && at + i < data.length; i++) sum[i] = (sum[i] ?? 0) ^ (data[at + i] ?? 0);
        multiply(table, sum);
      }
    },
    value: () => sum.slice(),
    copy: () => over(table, sum.slice()),
  };
}

function multiply(table: Uint32Array, block: Uint8Array): void {
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let n = 31; n >= 0; n--) {
    const byte = block[n >> 1] ?? 0;
    const nibble = n & 1 ? byte & 15 : byte >>> 4;
    const out = d & 15;
    d = (d >>> 4) | (c << 28);
    c = (c >>> 4) | (b << 28);
    b = (b >>> 4) | (a << 28);
    a = (a >>> 4) ^ (REDUCED[out] ?? 0);
    a ^= table[4 * nibble] ?? 0;
    b ^= table[4 * nibble + 1] ?? 0;
    c ^= table[4 * nibble + 2] ?? 0;
    d ^= table[4 * nibble + 3] ?? 0;
  }
  const write = new DataView(block.buffer, block.byteOffset, 16);
  for (const [w, word] of [a, b, c, d].entries()) write.setUint32(4 * w, word);
}
