// Key generation: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, syscall_obj_generate_key.
import { TEE } from "../../../abi/errors.ts";
import type { Attribute } from "../crypto/attribute.ts";
import type { CryptoEnv } from "../crypto/env.ts";
import { ATTR, TYPE } from "../crypto/ids.ts";
import { touch } from "../crypto/scratch.ts";
import type { KeyObject } from "../crypto/state.ts";
import { keep, keepBytes } from "./fill.ts";
import { makerOf } from "./makers.ts";
import { resizeNumber } from "./object_blocks.ts";

/** Bytes of RSA's exponent where none is given. */
const DEFAULT_EXPONENT = 4;

/** Makes a key of so many bits. BAD_PARAMETERS if an attribute is missing or impossible. */
export async function generate(
  env: CryptoEnv,
  object: KeyObject,
  bits: number,
  attributes: readonly Attribute[],
): Promise<number> {
  const made = await makerOf(object.type)(env, object.type, bits, refsOf(attributes), attributes);
  if (made === null) return TEE.BAD_PARAMETERS;
  for (const attribute of attributes) keep(object, attribute);
  for (const [id, data] of made) keepBytes(object, id, data);
  object.keySize = bits;
  object.initialized = true;
  return reserve(env, object, attributes) ? TEE.SUCCESS : TEE.OUT_OF_MEMORY;
}

function refsOf(attributes: readonly Attribute[]): ReadonlyMap<number, Uint8Array> {
  const refs = new Map<number, Uint8Array>();
  for (const attribute of attributes) if (attribute.kind === "ref") refs.set(attribute.id, attribute.data);
  return refs;
}

/**
 * The memory: numbers that were given get their size, and so does RSA's exponent; those that are made keep theirs. RSA's
 * search for primes is shown with one candidate each, as their number is a matter of chance.
 */
function reserve({ core }: CryptoEnv, object: KeyObject, attributes: readonly Attribute[]): boolean {
  const sizes = new Map(attributes.map((one) => [one.id, one.kind === "ref" ? one.data.length : 0]));
  if (object.type.id === TYPE.RSA_KEYPAIR && !sizes.has(ATTR.RSA_PUBLIC_EXPONENT))
    sizes.set(ATTR.RSA_PUBLIC_EXPONENT, DEFAULT_EXPONENT);
  for (const { id, number } of object.type.fields) {
    const [block, size] = [object.numbers[number], sizes.get(id)];
    if (block && size !== undefined && !resizeNumber(core, block, size)) return false;
  }
  if (object.type.id === TYPE.RSA_KEYPAIR) {
    const bytes = Math.ceil(object.keySize / 16);
    for (let n = 0; n < 2; n++) touch(core, ["work.prime", bytes]);
  }
  return true;
}
