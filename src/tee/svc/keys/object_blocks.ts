// Blocks of objects on the core heap: OP-TEE 4.0.0 core/tee/tee_obj.c and tee_svc_cryp.c, lib/libmbedtls.
import { blockBytes, callSite } from "../../../platform/needs.ts";
import { type Core, give, take } from "../../kernel/core.ts";
import { ALL_USAGES } from "../crypto/ids.ts";
import type { ObjectType } from "../crypto/object_types.ts";
import type { KeyObject, NumberBlock } from "../crypto/state.ts";

/** Bytes of a new number's limbs: 4096 bits. */
const NEW_NUMBER = 512;

type KeyBlocks = Pick<KeyObject, "attributes" | "numbers">;

/** A new object. null, with nothing left behind, if there is no room. */
export function takeObject(core: Core, type: ObjectType, maxKeySize: number): KeyObject | null {
  const handle = take(core, "key.object");
  const blocks = handle === 0 ? null : takeKeyBlocks(core, type);
  if (blocks === null) {
    give(core, handle, "key.object");
    return null;
  }
  return {
    ...blocks,
    handle,
    type,
    maxKeySize,
    keySize: 0,
    usage: ALL_USAGES,
    initialized: false,
    persistent: false,
    refs: new Map(),
    values: new Map(),
  };
}

/** What an object of a type has beside its handle. null, with nothing left behind, if there is no room. */
export function takeKeyBlocks(core: Core, type: ObjectType): KeyBlocks | null {
  const attributes = take(core, type.attributes, type.longest);
  const numbers: NumberBlock[] = [];
  const count = type.fields.filter(({ number }) => number >= 0).length;
  let room = attributes !== 0;
  while (room && numbers.length < count) {
    const number = takeNumber(core, type, numbers.length);
    numbers.push(number);
    room = number.limbs !== 0;
  }
  if (room) return { attributes, numbers };
  giveKeyBlocks(core, { type, attributes, numbers });
  return null;
}

/** A number, or as much of it as fits. */
function takeNumber(core: Core, { octets }: ObjectType, n: number): NumberBlock {
  const part = octets?.[n];
  if (part) return { head: 0, limbs: take(core, part), size: blockBytes(callSite(core.platform, part)) };
  const head = take(core, "key.number");
  const words = limbsOf(core, NEW_NUMBER);
  return { head, limbs: head && take(core, "key.limbs", words), size: limbBytes(core, words) };
}

/** Frees an object. */
export function giveObject(core: Core, object: KeyObject): void {
  giveKeyBlocks(core, object);
  give(core, object.handle, "key.object");
}

/** Frees the blocks of an object except its handle, as far as they exist. */
export function giveKeyBlocks(core: Core, { type, attributes, numbers }: KeyBlocks & { type: ObjectType }): void {
  for (const { number } of type.fields) {
    const block = numbers[number];
    if (block === undefined) continue;
    const part = type.octets?.[number];
    give(core, block.limbs, part ?? "key.limbs");
    if (!part) give(core, block.head, "key.number");
  }
  give(core, attributes, type.attributes);
}

/** Reads `bytes` bytes into a number: its limbs get their size, in words. false if there is no room. */
export function resizeNumber(core: Core, number: NumberBlock, bytes: number): boolean {
  const words = limbsOf(core, bytes);
  const size = limbBytes(core, words);
  if (size === number.size) return true;
  give(core, number.limbs, "key.limbs");
  number.limbs = take(core, "key.limbs", words);
  number.size = number.limbs === 0 ? 0 : size;
  return number.limbs !== 0;
}

/** Words that a number of so many bytes needs. */
export function limbsOf({ platform }: Core, bytes: number): number {
  return Math.ceil(bytes / callSite(platform, "key.limbs").unit);
}

function limbBytes({ platform }: Core, words: number): number {
  return blockBytes(callSite(platform, "key.limbs"), words);
}
