// Blocks of objects on the core heap: OP-TEE 4.0.0 core/tee/tee_obj.c and tee_svc_cryp.c, lib/libmbedtls.
import type { MallocContext } from "../../../malloc/context.ts";
import { calloc, free, malloc } from "../../../malloc/malloc.ts";
import { ALL_USAGES } from "../ids.ts";
import type { ObjectType } from "../object_types.ts";
import type { KeyObject, NumberBlock } from "../state.ts";

const OBJECT = "core/tee/tee_obj.c";
const NUMBER = "core/lib/libtomcrypt/mpi_desc.c";
const LIMBS = "lib/libmbedtls/mbedtls/library/bignum.c";

/** Bytes of a new number's limbs: 4096 bits. */
const NEW_NUMBER = 512;

/** A new object. null, with nothing left behind, if there is no room. */
export function takeObject(heap: MallocContext, type: ObjectType, maxKeySize: number): KeyObject | null {
  const handle = calloc(heap, 1, 96, OBJECT, 77);
  const attributes = handle && calloc(heap, 1, type.block, "core/tee/tee_svc_cryp.c", 1551);
  const numbers: NumberBlock[] = [];
  const object: KeyObject = {
    handle,
    type,
    maxKeySize,
    attributes,
    numbers,
    keySize: 0,
    usage: ALL_USAGES,
    initialized: false,
    refs: new Map(),
    values: new Map(),
  };
  const count = type.fields.filter(({ number }) => number >= 0).length;
  let room = attributes !== 0;
  while (room && numbers.length < count) {
    const head = malloc(heap, 32, NUMBER, 752);
    const limbs = head && calloc(heap, 1, NEW_NUMBER, LIMBS, 134);
    numbers.push({ head, limbs, size: NEW_NUMBER });
    room = limbs !== 0;
  }
  if (room) return object;
  giveObject(heap, object);
  return null;
}

/** Frees an object, or what there is of it. */
export function giveObject(heap: MallocContext, { handle, type, attributes, numbers }: KeyObject): void {
  for (const { number } of type.fields) {
    const block = numbers[number];
    if (block === undefined) continue;
    free(heap, block.limbs, LIMBS, 107);
    free(heap, block.head, NUMBER, 771);
  }
  free(heap, attributes, OBJECT, 84);
  free(heap, handle, OBJECT, 85);
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
