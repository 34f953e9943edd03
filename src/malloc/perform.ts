// Performs any operation of the malloc layer: the only place that knows which function a recorded letter stands for.
import { takePool } from "./add_pool.ts";
import type { MallocContext } from "./context.ts";
import { calloc, type File, free, freeWipe, malloc, memalign, realloc } from "./malloc.ts";
import { byCode, type HeapOp } from "./operation.ts";

type Perform = (ctx: MallocContext, pointer: number, size: number, arg: number, file: File, line: number) => number;

const PERFORM: Readonly<Record<HeapOp, Perform>> = {
  P: (ctx, pointer, size) => (takePool(ctx, pointer, size) === null ? REFUSED_POOL : 0),
  M: (ctx, _pointer, size, _arg, file, line) => malloc(ctx, size, file, line),
  C(ctx, _pointer, size, arg, file, line) {
    // A product that overflowed is no multiple of the members.
    const members = arg > 0 && size % arg === 0 ? arg : 1;
    return calloc(ctx, members, size / members, file, line);
  },
  R: (ctx, pointer, size, _arg, file, line) => realloc(ctx, pointer, size, file, line),
  A: (ctx, _pointer, size, arg, file, line) => memalign(ctx, arg, size, file, line),
  F(ctx, pointer, _size, _arg, file, line) {
    free(ctx, pointer, file, line);
    return 0;
  },
  W(ctx, pointer, _size, _arg, file, line) {
    freeWipe(ctx, pointer, file, line);
    return 0;
  },
};

const BY_CODE = byCode((letter) => PERFORM[letter]);

/** What `performOperation` returns for a pool that is too small. */
export const REFUSED_POOL = -1;

/**
 * Performs an operation with the arguments that a `HeapListener` gets for it, offsets instead of addresses.
 * @param code char code of its letter, one of `OP`
 * @param pointer block that is passed in, or offset of a pool; 0 for none
 * @param size bytes asked for (calloc: of all members together; pool: its length)
 * @param arg calloc: members; memalign: alignment
 * @returns offset of the payload, 0 if the request failed or nothing is returned; `REFUSED_POOL`
 */
export function performOperation(
  ctx: MallocContext,
  code: number,
  pointer: number,
  size: number,
  arg: number,
  file?: File,
  line = 0,
): number {
  return (BY_CODE[code] as Perform)(ctx, pointer, size, arg, file, line);
}
