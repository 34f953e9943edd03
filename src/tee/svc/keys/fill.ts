// Giving an object its attributes: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, syscall_cryp_obj_populate.
import { TEE } from "../../../abi/errors.ts";
import type { Core } from "../../kernel/core.ts";
import type { Attribute } from "../crypto/attribute.ts";
import { CURVES } from "../crypto/curves.ts";
import { ATTR, ATTR_VALUE_BIT } from "../crypto/ids.ts";
import { hasParity, isSm2, type ObjectType, sizeFits } from "../crypto/object_types.ts";
import { using } from "../crypto/scratch.ts";
import type { KeyObject } from "../crypto/state.ts";
import { bitLength, toNumber } from "../numbers/bytes.ts";
import { resizeNumber } from "./object_blocks.ts";

/** Populates an empty object. ITEM_NOT_FOUND for a wrong set of attributes, BAD_PARAMETERS for values that do not fit it. */
export function populate(core: Core, object: KeyObject, attributes: readonly Attribute[]): number {
  return using(core, [["copy.populate", attributes.length]], () => {
    if (!isWholeSet(object.type, attributes)) return TEE.ITEM_NOT_FOUND;
    const bits = keyBits(object.type, attributes);
    if (!sizeFits(object.type, bits) || bits > object.maxKeySize) return TEE.BAD_PARAMETERS;
    for (const attribute of attributes) {
      const field = object.type.fields.find(({ id }) => id === attribute.id);
      const number = object.numbers[field?.number ?? -1];
      if (attribute.kind === "ref" && number && !resizeNumber(core, number, attribute.data.length))
        return TEE.OUT_OF_MEMORY;
      keep(object, attribute);
    }
    object.keySize = bits;
    object.initialized = true;
    return TEE.SUCCESS;
  });
}

/** Stores an attribute, without its memory. */
export function keep(object: KeyObject, attribute: Attribute): void {
  if (attribute.kind === "ref") object.refs.set(attribute.id, attribute.data.slice());
  else object.values.set(attribute.id, { ...attribute });
}

/** Takes all attributes away; its memory stays as it is. */
export function empty(object: KeyObject): void {
  for (const data of object.refs.values()) data.fill(0);
  object.refs.clear();
  object.values.clear();
  object.keySize = 0;
  object.initialized = false;
}

/** Puts what `to` has attributes for into it. false if `from` is of another kind. The limbs of `to` stay. */
export function copyAttributes(core: Core, to: KeyObject, from: KeyObject): boolean {
  const needed = to.type.fields.filter(({ need }) => need === "always");
  if (!isKin(to.type, from.type)) return false;
  if (needed.some(({ id }) => !from.refs.has(id) && !from.values.has(id))) return false;
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
  return true;
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

/** The attribute that says how large a key is. */
const SIZE_IN: readonly number[] = [ATTR.RSA_MODULUS, ATTR.DSA_PRIME, ATTR.DH_PRIME];

function keyBits(type: ObjectType, attributes: readonly Attribute[]): number {
  if (isSm2(type)) return attributes.every((one) => one.kind === "ref" && fits256(one.data)) ? 256 : 0;
  if (type.octets) return attributes.every((one) => one.kind === "ref" && one.data.length === 32) ? 256 : 0;
  for (const attribute of attributes) {
    if (attribute.kind === "value" && attribute.id === ATTR.ECC_CURVE) return CURVES.get(attribute.a)?.bits ?? 0;
    if (attribute.kind !== "ref") continue;
    if (attribute.id === ATTR.SECRET_VALUE) return (attribute.data.length * 8 * (hasParity(type) ? 7 : 8)) / 8;
    if (SIZE_IN.includes(attribute.id)) return bitLength(toNumber(attribute.data));
  }
  return 0;
}

function fits256(data: Uint8Array): boolean {
  return bitLength(toNumber(data)) <= 256;
}
