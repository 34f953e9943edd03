// SM2_PKE: GM/T 0003.4-2012; ciphertexts are point, data, digest, as in OP-TEE 4.0.0 core/lib/libtomcrypt/sm2-pke.c.
import { TEE } from "../../../abi/errors.ts";
import type { Affine, Curve } from "../../kernel/host/key_provider.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { ATTR } from "../crypto/ids.ts";
import { play, touch, using } from "../crypto/scratch.ts";
import type { CrypState } from "../crypto/state.ts";
import { concat, equal, toNumber, xor } from "../numbers/bytes.ts";
import { randomBelow } from "../numbers/modular.ts";
import { numberOf, publicPoint } from "./numbers_of.ts";
import { timesMemory } from "./point_memory.ts";
import { SM2_BYTES, SM3_CONTEXT, sm2Curve, sm2Key, sm3, word } from "./sm2.ts";

/** A point as it is written: 4, x, y. */
const POINT_BYTES = 1 + 2 * SM2_BYTES;

/** Bytes that encryption adds. */
export const SM2_SURPLUS = POINT_BYTES + SM2_BYTES;

/** null for empty data, which SM2 cannot encrypt. */
export function sm2Encrypt(env: CryptoEnv, operation: CrypState, data: Uint8Array): Uint8Array | null {
  const { core } = env;
  const { host } = core;
  const curve = sm2Curve(env);
  const to = publicPoint(curve, operation);
  if (data.length === 0) return null;
  touch(core, ["work.random_number", SM2_BYTES]);
  return using(core, [["work.sm2_encrypt_second"]], () => {
    timesMemory(core);
    return using(core, [["work.sm2_encrypt_first"]], () => {
      timesMemory(core);
      return using(core, [["work.sm2_encrypt_data", data.length]], () => {
        for (;;) {
          const k = randomBelow(curve.order, host.random);
          const [first, shared] = [curve.times(k, curve.base), curve.times(k, to)];
          if (first === null || shared === null) continue;
          const key = sm2Key(env, concat(word(shared.x), word(shared.y)), data.length);
          if (key.every((byte) => byte === 0)) continue;
          touch(core, SM3_CONTEXT, SM3_CONTEXT);
          const digest = sm3(env, word(shared.x), data, word(shared.y));
          return concat(Uint8Array.of(4), word(first.x), word(first.y), xor(data, key), digest);
        }
      });
    });
  });
}

/** Or a code: BAD_PARAMETERS, NOT_SUPPORTED for another form of the point, CIPHERTEXT_INVALID if the digest differs. */
export function sm2Decrypt(env: CryptoEnv, operation: CrypState, data: Uint8Array): Uint8Array | number {
  const { core } = env;
  return using(core, [["work.sm2_decrypt_second"]], () => {
    const curve = sm2Curve(env);
    const first = pointOf(curve, data);
    if (typeof first === "number") return first;
    return using(core, [["work.sm2_decrypt_first"]], () => {
      timesMemory(core);
      const length = data.length - SM2_SURPLUS;
      const shared = curve.times(numberOf(operation, ATTR.ECC_PRIVATE_VALUE), first);
      if (length <= 0 || shared === null) return TEE.BAD_PARAMETERS;
      const [x, y] = [word(shared.x), word(shared.y)];
      const key = sm2Key(env, concat(x, y), length);
      // The data's block; the key's digests; the check's digest, which outlives the data.
      play(core, [["work.sm2_decrypt_data", length], SM3_CONTEXT], [0, 1, 1, 1, 0, 1]);
      const plain = xor(data.subarray(POINT_BYTES, POINT_BYTES + length), key);
      const whole = equal(sm3(env, x, plain, y), data.subarray(POINT_BYTES + length));
      return whole && key.some((byte) => byte !== 0) ? plain : TEE.CIPHERTEXT_INVALID;
    });
  });
}

function pointOf(curve: Curve, data: Uint8Array): Affine | number {
  const [form = 0] = data;
  if ([2, 3, 6, 7].includes(form)) return TEE.NOT_SUPPORTED;
  if (form !== 4 || data.length < POINT_BYTES) return TEE.BAD_PARAMETERS;
  const [x, y] = [toNumber(data.subarray(1, 1 + SM2_BYTES)), toNumber(data.subarray(1 + SM2_BYTES, POINT_BYTES))];
  return curve.has({ x, y }) ? { x, y } : TEE.BAD_PARAMETERS;
}
