// The four parameters of a call.
import { PARAM_TYPE } from "../../abi/ids.ts";
import type { ValueParam } from "../../abi/pager.ts";

/**
 * A parameter of a call: one of four. Values are 32 bits each; a memref's `size` is what the callee used or needs. A memref
 * without a buffer (C's NULL) is another one than a buffer of 0 bytes, which is registered and mapped like any.
 */
export type Param =
  | { readonly type: "none" }
  | { readonly type: "value"; readonly direction: Direction; value: ValueParam }
  | { readonly type: "memref"; readonly direction: Direction; readonly buffer: Uint8Array | null; size: number };

/** Which way a parameter goes, seen from the TA. */
export type Direction = "in" | "out" | "inout";

/** The four parameters of a call. */
export type Params = readonly [Param, Param, Param, Param];

/** A parameter that is not used. */
export const NONE: Param = { type: "none" };

/** A value that goes in. */
export function valueIn(a: number, b = 0): Param {
  return { type: "value", direction: "in", value: { a, b } };
}

/** A value that comes out. */
export function valueOut(): Param {
  return { type: "value", direction: "out", value: { a: 0, b: 0 } };
}

/** A value that goes in and comes out. */
export function valueInOut(a: number, b = 0): Param {
  return { type: "value", direction: "inout", value: { a, b } };
}

/** A buffer that is read; null for C's NULL. */
export function memrefIn(buffer: Uint8Array | null): Param {
  return { type: "memref", direction: "in", buffer, size: buffer?.length ?? 0 };
}

/** A buffer that is read and changed. */
export function memrefInOut(buffer: Uint8Array): Param {
  return { type: "memref", direction: "inout", buffer, size: buffer.length };
}

/** A buffer that is filled; null to ask how large it must be. */
export function memrefOut(buffer: Uint8Array | null): Param {
  return { type: "memref", direction: "out", buffer, size: buffer?.length ?? 0 };
}

/** Fills up to four parameters. */
export function params(a: Param = NONE, b: Param = NONE, c: Param = NONE, d: Param = NONE): Params {
  return [a, b, c, d];
}

const TYPES = { value: { in: 1, out: 2, inout: 3 }, memref: { in: 5, out: 6, inout: 7 } } as const;

/** The type number of one parameter (`PARAM_TYPE`). */
export function typeOf(param: Param): number {
  return param.type === "none" ? PARAM_TYPE.NONE : TYPES[param.type][param.direction];
}

/** True if the parameters have just these types; missing ones are none. */
export function haveTypes(given: Params, ...types: readonly number[]): boolean {
  return given.every((param, i) => typeOf(param) === (types[i] ?? PARAM_TYPE.NONE));
}

/** The buffers of a call, without those that are NULL. */
export function buffersOf(params: Params): Uint8Array[] {
  return params.flatMap((param) => (param.type === "memref" && param.buffer !== null ? [param.buffer] : []));
}

/** The buffer of a memref; no bytes where there is none. */
export function bufferOf(param: Param): Uint8Array {
  return (param.type === "memref" ? param.buffer : null) ?? new Uint8Array();
}
