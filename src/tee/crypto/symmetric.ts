// Ciphers and MACs: the calls.
import { TEE } from "../../abi/errors.ts";
import type { SymmetricApi, Written } from "../api/crypto_api.ts";
import { HASHES } from "./algorithms.ts";
import { concat, equal } from "./bytes.ts";
import { type CryptoEnv, operationOf, providerOf, refuse } from "./env.ts";
import { ATTR, CLASS, MODE } from "./ids.ts";
import { cts } from "./modes/cts.ts";
import { chained, hmac, type Mac } from "./modes/mac.ts";
import { cbc, ctr, ecb, ready, type Stream } from "./modes/stream.ts";
import { xts } from "./modes/xts.ts";
import { rewind } from "./operations.ts";
import type { BlockCipher, CipherName, Hash, HashName } from "./provider.ts";
import { type Scratch, using } from "./scratch.ts";
import type { Operation } from "./state.ts";

const HMAC = "core/lib/libtomcrypt/src/mac/hmac";

export function symmetricApi(env: CryptoEnv): SymmetricApi {
  return {
    cipherInit(handle, iv = new Uint8Array()) {
      const operation = keyed(env, handle, CLASS.CIPHER);
      rewind(operation);
      operation.progress = { kind: "cipher", it: streamOf(env, operation, iv) };
      operation.active = true;
    },
    cipherUpdate(handle, data, into) {
      const { operation, stream } = running(env, handle);
      const size = ready(stream, operation.held.length + data.length);
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      const all = concat(operation.held, data);
      operation.held = all.slice(size);
      into.set(stream.update(all.subarray(0, size)));
      return { code: TEE.SUCCESS, size };
    },
    cipherDoFinal(handle, data, into) {
      const { operation, stream } = running(env, handle);
      const all = concat(operation.held, data);
      if (into.length < all.length) return { code: TEE.SHORT_BUFFER, size: all.length };
      const size = ready(stream, all.length);
      const first = stream.update(all.subarray(0, size));
      const last = stream.finish(all.subarray(size)) ?? refuse("the length of the data does not fit the algorithm");
      into.set(concat(first, last));
      rewind(operation);
      return { code: TEE.SUCCESS, size: all.length };
    },
    macInit(handle) {
      const operation = keyed(env, handle, CLASS.MAC);
      rewind(operation);
      operation.progress = { kind: "mac", it: macOf(env, operation) };
      operation.active = true;
    },
    macUpdate(handle, data) {
      feed(env, macRunning(env, handle), data);
    },
    macComputeFinal(handle, data, into) {
      const running = macRunning(env, handle);
      const size = running.operation.digestLength;
      if (into.length < size) return { code: TEE.SHORT_BUFFER, size };
      into.set(finish(env, running, data));
      return { code: TEE.SUCCESS, size };
    },
    macCompareFinal(handle, data, mac) {
      const running = macRunning(env, handle);
      return equal(finish(env, running, data), mac) ? TEE.SUCCESS : TEE.MAC_INVALID;
    },
  };
}

/** An operation of a class. */
export function of(env: CryptoEnv, handle: number, group: number): Operation {
  const operation = operationOf(env, handle);
  return operation.algorithm.class === group ? operation : refuse("the operation is of another class");
}

/** An operation of a class that has its key. */
export function keyed(env: CryptoEnv, handle: number, group: number): Operation {
  const operation = of(env, handle, group);
  return operation.keySet ? operation : refuse("the operation has no key", TEE.BAD_STATE);
}

export function hashOf(env: CryptoEnv, name: HashName): Hash {
  return providerOf(env).hash(name) ?? refuse(`there is no ${name}`, TEE.NOT_SUPPORTED);
}

/** The cipher with one of an operation's keys. */
export function cipherOf(env: CryptoEnv, operation: Operation, name: CipherName, n = 0): BlockCipher {
  const key = operation.keys[n]?.refs.get(ATTR.SECRET_VALUE) ?? refuse("the operation has no key", TEE.BAD_STATE);
  return providerOf(env).cipher(name, key) ?? refuse(`there is no ${name}`, TEE.NOT_SUPPORTED);
}

function running(env: CryptoEnv, handle: number): { operation: Operation; stream: Stream } {
  const operation = keyed(env, handle, CLASS.CIPHER);
  if (operation.progress?.kind !== "cipher") return refuse("the operation was not initialized", TEE.BAD_STATE);
  return { operation, stream: operation.progress.it };
}

function streamOf(env: CryptoEnv, operation: Operation, iv: Uint8Array): Stream {
  const { work } = operation.algorithm;
  if (work.kind !== "cipher") return refuse("the operation is no cipher");
  const cipher = cipherOf(env, operation, work.cipher);
  const decrypt = operation.mode === MODE.DECRYPT;
  if (iv.length !== (work.mode === "ecb" ? 0 : cipher.blockSize)) refuse("the IV has the wrong length");
  switch (work.mode) {
    case "ecb":
      return ecb(cipher, decrypt);
    case "cbc":
      return cbc(cipher, decrypt, iv);
    case "ctr":
      return ctr(cipher, iv, operation.algorithm.buffer === 0 ? "none" : "partial");
    case "cts":
      return cts(cipher, decrypt, iv);
    case "xts":
      return xts(cipher, cipherOf(env, operation, work.cipher, 1), decrypt, iv);
  }
}

interface MacRunning {
  readonly operation: Operation;
  readonly mac: Mac;
}

function macRunning(env: CryptoEnv, handle: number): MacRunning {
  const operation = keyed(env, handle, CLASS.MAC);
  if (operation.progress?.kind !== "mac") return refuse("the operation was not initialized", TEE.BAD_STATE);
  return { operation, mac: operation.progress.it };
}

function macOf(env: CryptoEnv, operation: Operation): Mac {
  const { work } = operation.algorithm;
  if (work.kind === "mac") return chained(cipherOf(env, operation, work.cipher), work.ending);
  if (work.kind !== "hmac") return refuse("the operation is no MAC");
  const key = operation.keys[0]?.refs.get(ATTR.SECRET_VALUE) ?? refuse("the operation has no key", TEE.BAD_STATE);
  const { block } = HASHES[work.hash];
  return using(env.core.heap, hmacBlock(work.hash, "hmac_init.c", 45, 90), () =>
    hmac(() => hashOf(env, work.hash), block, key),
  );
}

/** SM3's HMAC works without. */
function hmacBlock(hash: HashName, file: string, from: number, to: number): readonly Scratch[] {
  return hash === "sm3" ? [] : [["M", HASHES[hash].block, `${HMAC}/${file}`, from, to]];
}

/** CBC-MACs encrypt what is more than one block, behind the one that waits to be filled, into memory of their own. */
function feed({ core }: CryptoEnv, { operation, mac }: MacRunning, data: Uint8Array): void {
  const { work } = operation.algorithm;
  const unit = work.kind === "mac" && work.ending !== "cmac" ? operation.digestLength : 0;
  const blocks: Scratch[] = [];
  if (unit > 0) {
    const fill = operation.chained === 0 ? 0 : Math.min(unit - operation.chained, data.length);
    const whole = data.length - fill - ((data.length - fill) % unit);
    operation.chained = (operation.chained + data.length) % unit;
    if (whole > unit) blocks.push(["M", whole, "core/crypto/cbc-mac.c", 86, 123]);
  }
  using(core.heap, blocks, () => mac.update(data));
}

function finish(env: CryptoEnv, running: MacRunning, data: Uint8Array): Uint8Array {
  const { operation, mac } = running;
  const { work } = operation.algorithm;
  if (data.length > 0) feed(env, running, data);
  const blocks: Scratch[] = [];
  if (work.kind === "hmac" && work.hash !== "sm3") {
    blocks.push(...hmacBlock(work.hash, "hmac_done.c", 40, 91));
    blocks.push(["M", HASHES[work.hash].size, `${HMAC}/hmac_done.c`, 41, 90]);
  }
  const code = using(env.core.heap, blocks, () => mac.final()) ?? refuse("the length of the data does not fit");
  rewind(operation);
  return code;
}

/** What does not fit is not written. */
export function put(data: Uint8Array, into: Uint8Array): Written {
  if (data.length > into.length) return { code: TEE.SHORT_BUFFER, size: data.length };
  into.set(data);
  return { code: TEE.SUCCESS, size: data.length };
}
