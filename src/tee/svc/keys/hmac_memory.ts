// HMACs, and the core's memory for them, which was measured: OP-TEE 4.0.0 core/lib/libtomcrypt/src/mac/hmac.
import type { HashName } from "../../kernel/host/provider.ts";
import { HASHES } from "../crypto/algorithms.ts";
import { type CryptoEnv, hashOf } from "../crypto/env.ts";
import { type Scratch, touch, using } from "../crypto/scratch.ts";
import { hmac, type Mac } from "../modes/mac.ts";

/** SM3's HMAC works without a block. */
const hasBlocks = (hash: HashName): boolean => hash !== "sm3";

/** An HMAC before its data. */
export function beginHmac(env: CryptoEnv, hash: HashName, key: Uint8Array): Mac {
  const { block } = HASHES[hash];
  return using(env.core, hasBlocks(hash) ? [["work.hmac_key", block]] : [], () => {
    if (hasBlocks(hash) && key.length > block) touch(env.core, ["work.hash_memory"]);
    return hmac(() => hashOf(env, hash), block, key);
  });
}

/** What its end takes. */
export function hmacEnd(hash: HashName): readonly Scratch[] {
  const { block, size } = HASHES[hash];
  const blocks: readonly Scratch[] = [
    ["work.hmac_inner", block],
    ["work.hmac_digest", size],
  ];
  return hasBlocks(hash) ? blocks : [];
}

/** The HMAC of some data. */
export function hmacOf(env: CryptoEnv, hash: HashName, key: Uint8Array, ...data: readonly Uint8Array[]): Uint8Array {
  const mac = beginHmac(env, hash, key);
  for (const part of data) mac.update(part);
  return using(env.core, hmacEnd(hash), () => mac.final() as Uint8Array);
}
