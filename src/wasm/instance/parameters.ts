// The parameters of a call in the memory of a TA: struct utee_params of OP-TEE 4.0.0 lib/libutee/include/utee_types.h.
import { type Param, type Params, typeOf } from "../../tee/kernel/params.ts";
import type { ByteSpan } from "./c_memory.ts";
import type { CMemory } from "./memory.ts";
import type { Space } from "./space.ts";

/** Parameters that lie in a TA's memory while it is called. */
export interface PlacedParams {
  /** Address of struct utee_params. */
  readonly at: number;
  /** The same parameters, with buffers that are views in the TA's memory. */
  readonly params: Params;
  /** The buffers that the caller shares. */
  readonly shared: readonly ByteSpan[];
  /** Copies what comes out to the caller's parameters. */
  copyBack(): void;
  /** Gives the memory back. */
  free(): void;
}

/** Bytes of struct utee_params: the types, and two words of 64 bits for each parameter. */
export const PARAMS_BYTES = 72;

/** Places parameters in a TA's memory; null where they do not fit. */
export function placeParams(memory: CMemory, space: Space, given: Params): PlacedParams | null {
  const taken: number[] = [];
  const free = (): void => {
    for (const at of taken) space.give(at);
  };
  const take = (bytes: number): number => {
    const at = space.take(bytes);
    if (at !== 0) taken.push(at);
    return at;
  };
  const at = take(PARAMS_BYTES);
  const placed = given.map((param) => place(memory, take, param));
  if (at === 0 || placed.some((one) => one === null)) {
    free();
    return null;
  }
  const params = placed.map((one) => (one as Placed).param) as unknown as Params;
  const types = given.reduce((all, param, n) => all | (typeOf(param) << (4 * n)), 0);
  memory.setU64(at, types);
  for (const [n, { words }] of (placed as Placed[]).entries())
    for (const [half, word] of words.entries()) memory.setU64(at + 8 + 16 * n + 8 * half, word);
  return {
    at,
    params,
    shared: params.flatMap((param) =>
      param.type === "memref" && param.buffer !== null
        ? [{ from: param.buffer.byteOffset, to: param.buffer.byteOffset + param.buffer.length }]
        : [],
    ),
    copyBack() {
      for (const [n, param] of given.entries()) copyOut(memory, at + 8 + 16 * n, param, params[n] as Param);
    },
    free,
  };
}

interface Placed {
  readonly param: Param;
  /** value.a and value.b, or address and size. */
  readonly words: readonly [number, number];
}

function place(memory: CMemory, take: (bytes: number) => number, param: Param): Placed | null {
  if (param.type === "none") return { param, words: [0, 0] };
  if (param.type === "value") {
    const { a, b } = param.direction === "out" ? { a: 0, b: 0 } : param.value;
    return { param: { ...param }, words: [a, b] };
  }
  if (param.buffer === null) return { param: { ...param }, words: [0, param.size] };
  const at = take(param.buffer.length);
  if (at === 0) return null;
  const buffer = memory.bytes(at, param.buffer.length);
  buffer.set(param.buffer);
  return { param: { ...param, buffer }, words: [at, param.size] };
}

function copyOut(memory: CMemory, at: number, to: Param, { type, ...from }: Param): void {
  if (to.type === "none" || to.direction === "in") return;
  const [a, b] = [memory.u64(at), memory.u64(at + 8)];
  if (to.type === "value") {
    to.value = { a: a % 2 ** 32, b: b % 2 ** 32 };
    return;
  }
  to.size = b;
  const view = "buffer" in from ? from.buffer : null;
  if (to.buffer !== null && view !== null) to.buffer.set(view);
}
