// A call's four parameters as libteec wants them: TEEC_Operation of tee_client_api.h, for 32 and 64 bit.
import { type Params, typeOf } from "../../tee/kernel/params.ts";
import type { Allocate, NativeMemory } from "./memory.ts";

/** The parameters of a call in memory that C sees. */
interface Operation {
  readonly memory: NativeMemory;
  /** Takes over what came out. */
  finish(): void;
  free(): void;
}

/** `started` and the types, four bits each. */
const TYPES_AT = 4;
const PARAMS_AT = 8;
/** Words of a parameter: the largest of the three kinds has a pointer and two sizes. */
const WORDS = 3;
/** Behind the parameters libteec keeps what is its own: a pointer in both versions; there is room for more. */
const ROOM = 128;

/** Writes parameters. */
export function createOperation(params: Params, word: 4 | 8, allocate: Allocate): Operation {
  const memory = allocate(PARAMS_AT + params.length * WORDS * word + ROOM);
  const view = new DataView(memory.bytes.buffer, memory.bytes.byteOffset, memory.bytes.length);
  const buffers: (NativeMemory | null)[] = [];
  const at = (n: number): number => PARAMS_AT + n * WORDS * word;
  const putWord = (offset: number, value: bigint): void =>
    word === 8 ? view.setBigUint64(offset, value, true) : view.setUint32(offset, Number(value), true);
  let types = 0;
  params.forEach((param, n) => {
    types |= typeOf(param) << (4 * n);
    buffers.push(null);
    if (param.type === "value") {
      view.setUint32(at(n), param.value.a, true);
      view.setUint32(at(n) + 4, param.value.b, true);
    } else if (param.type === "memref" && param.buffer !== null) {
      // C's malloc(0) may be NULL, which is another thing.
      const buffer = allocate(Math.max(1, param.buffer.length));
      buffer.bytes.set(param.buffer);
      buffers[n] = buffer;
      putWord(at(n), buffer.address);
      putWord(at(n) + word, BigInt(param.size));
    }
  });
  view.setUint32(TYPES_AT, types, true);
  return {
    memory,
    finish() {
      params.forEach((param, n) => {
        if (param.type === "none" || param.direction === "in") return;
        if (param.type === "value") {
          param.value = { a: view.getUint32(at(n), true), b: view.getUint32(at(n) + 4, true) };
          return;
        }
        const size = at(n) + word;
        param.size = word === 8 ? Number(view.getBigUint64(size, true)) : view.getUint32(size, true);
        const room = param.buffer?.length ?? 0;
        param.buffer?.set((buffers[n]?.bytes ?? new Uint8Array()).subarray(0, room));
      });
    },
    free() {
      for (const buffer of buffers) buffer?.free();
      memory.free();
    },
  };
}
