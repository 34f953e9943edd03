// TEE_Attribute, TEE_ObjectInfo and TEE_Param as C lays them out: TEE Internal Core API 1.3.1.
import { TEE } from "../../abi/errors.ts";
import { type Direction, params as fill, NONE, type Param, type Params } from "../../tee/kernel/params.ts";
import type { Attribute } from "../../tee/svc/crypto/attribute.ts";
import { ATTR_VALUE_BIT } from "../../tee/svc/crypto/ids.ts";
import { type ObjectInfo, refuse } from "../../tee/svc/reply.ts";
import type { LibraryMemory } from "./library_memory.ts";

/** Reads attributes; those that refer to bytes are views on them. */
export function attributesAt(memory: LibraryMemory, at: number, count: number): readonly Attribute[] {
  const { word } = memory;
  const bytes = 3 * word;
  memory.passed(at, count * bytes);
  return Array.from({ length: count }, (_, n): Attribute => {
    const from = at + n * bytes;
    const id = memory.u32(from);
    const content = from + word;
    if ((id & ATTR_VALUE_BIT) !== 0) return { kind: "value", id, a: memory.u32(content), b: memory.u32(content + 4) };
    return { kind: "ref", id, data: memory.input(memory.size(content), memory.sizeAt(content + word)) };
  });
}

/** Stores a TEE_ObjectInfo. */
export function putObjectInfo(memory: LibraryMemory, at: number, info: ObjectInfo): void {
  const { sizeBytes } = memory;
  memory.output(at, 16 + 3 * sizeBytes);
  memory.putWords(at, info.objectType, info.keySize, info.maxKeySize, info.usage);
  memory.putSize(at + 16, info.dataSize);
  memory.putSize(at + 16 + sizeBytes, info.dataPosition);
  memory.putWords(at + 16 + 2 * sizeBytes, info.handleFlags);
}

const DIRECTIONS: Readonly<Record<number, Direction>> = { 1: "in", 2: "out", 3: "inout" };

/** The parameters of a call to another TA; their buffers are views. */
export function paramsAt(memory: LibraryMemory, types: number, at: number): Params {
  if (at === 0) return fill();
  const one = (n: number): Param => {
    const type = (types >>> (4 * n)) & 0xf;
    const direction = DIRECTIONS[type & 3];
    const from = at + n * 2 * memory.word;
    if (direction === undefined || type > 7) return NONE;
    if (type < 4) {
      const value = direction === "out" ? { a: 0, b: 0 } : { a: memory.u32(from), b: memory.u32(from + 4) };
      return { type: "value", direction, value };
    }
    const [buffer, size] = [memory.size(from), memory.sizeAt(from + memory.word)];
    if (buffer !== 0) return { type: "memref", direction, buffer: viewOf(memory, direction, buffer, size), size };
    return size === 0
      ? { type: "memref", direction, buffer: null, size }
      : refuse("a NULL buffer of more than 0 bytes", TEE.BAD_PARAMETERS);
  };
  memory.output(at, 8 * memory.word);
  return fill(one(0), one(1), one(2), one(3));
}

/** Stores what came back. */
export function putParams(memory: LibraryMemory, at: number, params: Params): void {
  for (const [n, param] of params.entries()) {
    const from = at + n * 2 * memory.word;
    if (param.type === "none" || param.direction === "in") continue;
    if (param.type === "memref") memory.putSize(from + memory.word, param.size);
    else memory.putWords(from, param.value.a, param.value.b);
  }
}

function viewOf(memory: LibraryMemory, direction: Direction, at: number, size: number): Uint8Array {
  return direction === "in" ? memory.passed(at, size) : memory.output(at, size);
}
