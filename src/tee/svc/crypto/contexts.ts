// The core's memory for an operation's cryptography: OP-TEE 4.0.0 core/crypto and core/lib/libtomcrypt, measured (64 bit).
import type { ContextName } from "./algorithms.ts";

/** A zeroed block: bytes, where it is allocated and where freed. */
export type ContextBlock = readonly [size: number, from: readonly [string, number], to: readonly [string, number]];

const TOMCRYPT = "core/lib/libtomcrypt";
const CIPHER_END = ["core/crypto/crypto.c", 190] as const;
const MAC_END = ["core/crypto/crypto.c", 339] as const;

const ECB: ContextBlock = [800, [`${TOMCRYPT}/ecb.c`, 109], CIPHER_END];
const CBC: ContextBlock = [944, [`${TOMCRYPT}/cbc.c`, 111], CIPHER_END];

/** Blocks in the order of their allocation. */
export const CONTEXTS: Readonly<Record<ContextName, readonly ContextBlock[]>> = {
  none: [],
  hash: [[432, [`${TOMCRYPT}/hash.c`, 117], ["core/crypto/crypto.c", 92]]],
  shake: [[424, [`${TOMCRYPT}/shake.c`, 58], ["core/crypto/crypto.c", 92]]],
  sm3: [[240, ["core/crypto/sm3-hash.c", 104], ["core/crypto/sm3-hash.c", 80]]],
  ecb: [ECB],
  cbc: [CBC],
  ctr: [[1120, [`${TOMCRYPT}/ctr.c`, 104], CIPHER_END]],
  xts: [[1584, [`${TOMCRYPT}/xts.c`, 121], CIPHER_END]],
  cts: [[32, ["core/crypto/aes-cts.c", 237], ["core/crypto/aes-cts.c", 212]], ECB, CBC],
  sm4ecb: [[144, ["core/crypto/sm4-ecb.c", 94], ["core/crypto/sm4-ecb.c", 70]]],
  sm4cbc: [[160, ["core/crypto/sm4-cbc.c", 99], ["core/crypto/sm4-cbc.c", 74]]],
  sm4ctr: [[160, ["core/crypto/sm4-ctr.c", 96], ["core/crypto/sm4-ctr.c", 71]]],
  hmac: [[584, [`${TOMCRYPT}/hmac.c`, 93], MAC_END]],
  sm3hmac: [[240, ["core/crypto/sm3-hmac.c", 104], ["core/crypto/sm3-hmac.c", 80]]],
  cbcmac: [CBC, [56, ["core/crypto/cbc-mac.c", 204], ["core/crypto/cbc-mac.c", 160]]],
  cmac: [[1376, [`${TOMCRYPT}/cmac.c`, 98], MAC_END]],
  gcm: [[608, ["core/crypto/aes-gcm.c", 438], ["core/crypto/aes-gcm.c", 451]]],
  ccm: [[904, [`${TOMCRYPT}/ccm.c`, 30], ["core/crypto/crypto.c", 472]]],
};

/** The ones that are freed in the order of their allocation; the others go the other way. */
export const FIRST_FREED_FIRST: ReadonlySet<ContextName> = new Set(["cbcmac"]);
