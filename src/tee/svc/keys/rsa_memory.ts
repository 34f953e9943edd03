// The core's memory for RSA and its paddings: OP-TEE 4.0.0 core/lib/libtomcrypt, measured.

import type { HashName } from "../../kernel/host/provider.ts";
import { HASHES } from "../crypto/algorithms.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { type Scratch, using } from "../crypto/scratch.ts";

export const TOMCRYPT = "core/lib/libtomcrypt/src";

/** What a modular exponentiation has while it works: keys in operations keep 64 words. */
export const EXPONENTIATION: Scratch = ["C", 1040, "lib/libmbedtls/mbedtls/library/bignum.c", 134, 107];

/** A digest over one piece. */
export const HASH_MEMORY: Scratch = ["M", 416, `${TOMCRYPT}/hashes/helper/hash_memory.c`, 38, 55];

/** A mask by MGF1. */
export function mgf1Memory({ core }: CryptoEnv, hash: HashName): void {
  const file = `${TOMCRYPT}/pk/pkcs1/pkcs_1_mgf1.c`;
  const blocks: Scratch[] = [
    ["M", 416, file, 43, 91],
    ["M", HASHES[hash].size, file, 44, 90],
  ];
  using(core.heap, blocks, () => undefined);
}

export function oaepBlocks(length: number, hash: HashName, name: string, from: number, to: number): readonly Scratch[] {
  const file = `${TOMCRYPT}/pk/pkcs1/${name}`;
  return [
    ["M", length, file, from, to + 2],
    ["M", length, file, from + 1, to + 1],
    ["M", HASHES[hash].size, file, from + 2, to],
  ];
}

export function pssBlocks(length: number, name: string, from: number, to: number): readonly Scratch[] {
  const file = `${TOMCRYPT}/pk/pkcs1/${name}`;
  return [0, 1, 2, 3].map((n): Scratch => ["M", length, file, from + n, to + 3 - n]);
}
