// Giving an object its attributes: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, syscall_cryp_obj_populate.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { CURVES } from "../crypto/curves.ts";
import { ATTR, ATTR_VALUE_BIT, CURVE } from "../crypto/ids.ts";
import { leavesOutParity, type ObjectType, sizeFits } from "../crypto/object_types.ts";
import { using } from "../crypto/scratch.ts";
import type { KeyObject, NumberBlock } from "../crypto/state.ts";
import { bitLength, toNumber } from "../numbers/bytes.ts";
import { resizeNumber } from "./object_blocks.ts";

/**
 * Populates an empty object, attribute by attribute. ITEM_NOT_FOUND for a wrong set of them; for values that do not fit it
 * BAD_PARAMETERS, BAD_STATE, SECURITY or NOT_SUPPORTED, of which the TA's library takes only the first for the TA's own fault.
 */
export function populate(core: Core, object: KeyObject, attributes: readonly Attribute[]): number {
  return using(core, [["copy.populate", attributes.length]], () => {
    if (!isWholeSet(object.type, attributes)) return TEE.ITEM_NOT_FOUND;
    let bits = 0;
    for (const attribute of attributes) {
      const number = numberFor(object, attribute.id);
      if (attribute.kind === "ref" && number && !resizeNumber(core, number, attribute.data.length))
        return TEE.OUT_OF_MEMORY;
      const size = sizeIn(object, attribute);
      const code = size.code === TEE.SUCCESS ? checkBits(object, attribute, size.bits) : size.code;
      if (code !== TEE.SUCCESS) return code;
      if (size.bits !== null) bits = size.bits;
    }
    for (const attribute of attributes) keep(object, attribute);
    // Twice, as in C: once for the size of the key, once for that of the object.
    object.keySize = leavesOutParity(object.type, object.maxKeySize) ? bits - Math.floor(bits / 8) : bits;
    object.initialized = true;
    return TEE.SUCCESS;
  });
}

function numberFor({ type, numbers }: KeyObject, id: number): NumberBlock | undefined {
  return numbers[type.fields.find((field) => field.id === id)?.number ?? -1];
}

/** Stores an attribute, without its memory. */
export function keep(object: KeyObject, attribute: Attribute): void {
  if (attribute.kind === "ref") keepBytes(object, attribute.id, attribute.data);
  else object.values.set(attribute.id, { ...attribute, b: 0 });
}

/** Stores bytes; a big number has no leading zeros. */
export function keepBytes(object: KeyObject, id: number, data: Uint8Array): void {
  const isNumber = object.type.octets === undefined && numberFor(object, id) !== undefined;
  const first = isNumber ? data.findIndex((byte) => byte !== 0) : 0;
  object.refs.set(id, data.slice(first < 0 ? data.length : first));
}

/** Takes all attributes away; its memory stays as it is. */
export function empty(object: KeyObject): void {
  for (const data of object.refs.values()) data.fill(0);
  object.refs.clear();
  object.values.clear();
  object.keySize = 0;
  object.initialized = false;
}

/** Puts what `to` has attributes for into it. BAD_PARAMETERS if `from` is of another kind, BAD_STATE if its secret is too long. */
export function copyAttributes(core: Core, to: KeyObject, from: KeyObject): number {
  if (!isKin(to.type, from.type)) return TEE.BAD_PARAMETERS;
  const { longest } = to.type;
  if (longest !== undefined && [...from.refs.values()].some((data) => data.length > longest)) return TEE.BAD_STATE;
  for (const { id, number } of to.type.fields) {
    const [data, value] = [from.refs.get(id), from.values.get(id)];
    if (data) to.refs.set(id, data.slice());
    if (value) to.values.set(id, value);
    // A number that is larger than its room gets more, as C's copy does.
    const block = to.numbers[number];
    if (data && block && data.length > block.size) resizeNumber(core, block, data.length);
  }
  to.keySize = from.keySize;
  to.usage = from.usage;
  to.initialized = true;
  return TEE.SUCCESS;
}

/** The same type, or the public half of a pair. */
function isKin(to: ObjectType, from: ObjectType): boolean {
  return to.id === from.id || (to.id | 0x01000000) >>> 0 === from.id;
}

function isWholeSet({ fields }: ObjectType, attributes: readonly Attribute[]): boolean {
  const given = new Set(attributes.map(({ id }) => id));
  if (given.size !== attributes.length) return false;
  if (attributes.some(({ id, kind }) => (kind === "value") !== ((id & ATTR_VALUE_BIT) !== 0))) return false;
  if ([...given].some((id) => !fields.some((field) => field.id === id))) return false;
  const group = fields.filter(({ need }) => need === "group");
  const present = group.filter(({ id }) => given.has(id)).length;
  if (present !== 0 && present !== group.length) return false;
  return fields.every(({ id, need }) => need !== "always" || given.has(id));
}

/** Attributes that say how large a key is. */
const SIZE_IN: readonly number[] = [ATTR.RSA_MODULUS, ATTR.DSA_PRIME, ATTR.DH_PRIME];

/** Bytes of a key of Ed25519 or X25519. */
const OCTETS = 32;

/** The size of the key in bits, where the attribute says it; SM2's and those of Curve25519 have none. */
function sizeIn(
  { type, maxKeySize }: KeyObject,
  one: Attribute,
): { readonly code: number; readonly bits: number | null } {
  if (one.kind === "value") {
    if (one.id !== ATTR.ECC_CURVE) return { code: TEE.SUCCESS, bits: null };
    const bits = bitsOfCurve(one.a);
    return { code: bits === null ? TEE.NOT_SUPPORTED : TEE.SUCCESS, bits };
  }
  const { length } = one.data;
  const tooLarge = type.octets ? length !== OCTETS : length > (type.longest ?? length);
  if (tooLarge) return { code: TEE.SECURITY, bits: null };
  if (type.longest === undefined && !SIZE_IN.includes(one.id)) return { code: TEE.SUCCESS, bits: null };
  return { code: TEE.SUCCESS, bits: length * (leavesOutParity(type, maxKeySize) ? 7 : 8) };
}

function bitsOfCurve(curve: number): number | null {
  return curve === CURVE.SM2 || curve === CURVE.CURVE_25519 ? 256 : (CURVES.get(curve)?.bits ?? null);
}

/** Numbers of a DSA key, none of which has more bits than the object. */
const BOUNDED: readonly number[] = [ATTR.DSA_PRIME, ATTR.DSA_BASE, ATTR.DSA_PUBLIC_VALUE, ATTR.DSA_PRIVATE_VALUE];

function checkBits({ type, maxKeySize }: KeyObject, attribute: Attribute, bits: number | null): number {
  if (bits !== null && bits > maxKeySize) return TEE.BAD_STATE;
  if (bits !== null && !sizeFits(type, bits)) return TEE.BAD_PARAMETERS;
  const bounded = attribute.kind === "ref" && BOUNDED.includes(attribute.id);
  return bounded && bitLength(toNumber(attribute.data)) > maxKeySize ? TEE.BAD_STATE : TEE.SUCCESS;
}
