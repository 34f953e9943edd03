// The core's memory for RSA and its paddings: OP-TEE 4.0.0 core/lib/libtomcrypt, measured.

import type { HashName } from "../../kernel/host/provider.ts";
import { HASHES } from "../crypto/algorithms.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { type Scratch, using } from "../crypto/scratch.ts";

/** What a modular exponentiation has while it works: keys in operations keep 64 words. */
export const EXPONENTIATION: Scratch = ["work.power"];

/** A digest over one piece. */
export const HASH_MEMORY: Scratch = ["work.hash_memory"];

/** A mask by MGF1. */
export function mgf1Memory({ core }: CryptoEnv, hash: HashName): void {
  using(core, [["work.mask_hash"], ["work.mask_digest", HASHES[hash].size]], () => undefined);
}

export function oaepBlocks(does: "encode" | "decode", length: number, hash: HashName): readonly Scratch[] {
  return [
    [`work.oaep_${does}_block`, length],
    [`work.oaep_${does}_mask`, length],
    [`work.oaep_${does}_seed`, HASHES[hash].size],
  ];
}

export function pssBlocks(does: "encode" | "decode", length: number): readonly Scratch[] {
  const parts = ["block", "mask", "salt", "hash"] as const;
  return parts.map((part): Scratch => [`work.pss_${does}_${part}`, length]);
}
