// Blocks of objects on the core heap: OP-TEE 4.0.0 core/tee/tee_obj.c and tee_svc_cryp.c, lib/libmbedtls.
import type { MallocContext } from "../../../malloc/context.ts";
import { calloc, free, malloc } from "../../../malloc/malloc.ts";
import { ALL_USAGES } from "../crypto/ids.ts";
import type { ObjectType } from "../crypto/object_types.ts";
import type { KeyObject, NumberBlock } from "../crypto/state.ts";

const OBJECT = "core/tee/tee_obj.c";
const NUMBER = "core/lib/libtomcrypt/mpi_desc.c";
const LIMBS = "lib/libmbedtls/mbedtls/library/bignum.c";

/** Bytes of a new number's limbs: 4096 bits. */
const NEW_NUMBER = 512;

/** Bytes of a number that is kept as it is. */
const OCTETS = 32;

type KeyBlocks = Pick<KeyObject, "attributes" | "numbers">;

/** A new object. null, with nothing left behind, if there is no room. */
export function takeObject(heap: MallocContext, type: ObjectType, maxKeySize: number): KeyObject | null {
  const handle = calloc(heap, 1, 96, OBJECT, 77);
  const blocks = handle === 0 ? null : takeKeyBlocks(heap, type);
  if (blocks === null) {
    free(heap, handle, OBJECT, 85);
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
export function takeKeyBlocks(heap: MallocContext, type: ObjectType): KeyBlocks | null {
  const attributes = calloc(heap, 1, type.block, "core/tee/tee_svc_cryp.c", 1551);
  const numbers: NumberBlock[] = [];
  const count = type.fields.filter(({ number }) => number >= 0).length;
  let room = attributes !== 0;
  while (room && numbers.length < count) {
    const number = takeNumber(heap, type, numbers.length);
    numbers.push(number);
    room = number.limbs !== 0;
  }
  if (room) return { attributes, numbers };
  giveKeyBlocks(heap, { type, attributes, numbers });
  return null;
}

/** A number, or what there is room for. */
function takeNumber(heap: MallocContext, { octets }: ObjectType, n: number): NumberBlock {
  if (octets) return { head: 0, limbs: calloc(heap, 1, OCTETS, octets[0], octets[1] + n), size: OCTETS };
  const head = malloc(heap, 32, NUMBER, 752);
  return { head, limbs: head && calloc(heap, 1, NEW_NUMBER, LIMBS, 134), size: NEW_NUMBER };
}

/** Frees an object. */
export function giveObject(heap: MallocContext, object: KeyObject): void {
  giveKeyBlocks(heap, object);
  free(heap, object.handle, OBJECT, 85);
}

/** Frees what an object has beside its handle, or what there is of it. */
export function giveKeyBlocks(
  heap: MallocContext,
  { type, attributes, numbers }: KeyBlocks & { type: ObjectType },
): void {
  for (const { number } of type.fields) {
    const block = numbers[number];
    if (block === undefined) continue;
    if (type.octets) {
      // Nobody has seen where these end.
      free(heap, block.limbs, "core/tee/tee_svc_cryp.c", 0);
      continue;
    }
    free(heap, block.limbs, LIMBS, 107);
    free(heap, block.head, NUMBER, 771);
  }
  free(heap, attributes, OBJECT, 84);
}

/** Reads `bytes` bytes into a number: its limbs get their size, in words of 8. false if there is no room. */
export function resize(heap: MallocContext, number: NumberBlock, bytes: number): boolean {
  const size = Math.ceil(bytes / 8) * 8;
  if (size === number.size) return true;
  free(heap, number.limbs, LIMBS, 107);
  number.limbs = calloc(heap, 1, size, LIMBS, 134);
  number.size = number.limbs === 0 ? 0 : size;
  return number.limbs !== 0;
}
