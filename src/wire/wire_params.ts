// The four parameters of a call on the wire, and how they stand for those of a client.
import { PARAM_TYPE } from "../abi/ids.ts";
import { err, ok, type Result } from "../base/result.ts";
import { bufferOf, type Direction, NONE, type Param, type Params, typeOf } from "../tee/kernel/params.ts";
import type { ByteReader, ByteWriter } from "./bytes.ts";

/** One parameter. Values: their two halves. Memrefs: `a` the size, and the bytes that travel with it; without a
 * buffer `b` is `NO_BUFFER`, else 0. */
export interface WireParam {
  /** One of `PARAM_TYPE`. */
  readonly type: number;
  readonly a: number;
  readonly b: number;
  readonly data: Uint8Array;
  /** An output memref whose bytes all travel both ways, as in memory that is shared. */
  readonly shared?: true;
}

/** The four parameters of a call. */
export type WireParams = readonly [WireParam, WireParam, WireParam, WireParam];

/** Stands for the number of bytes of a memref without a buffer, C's NULL. */
const NO_BUFFER = 0xffffffff;

const DIRECTIONS: Readonly<Record<number, Direction>> = {
  1: "in",
  2: "out",
  3: "inout",
  5: "in",
  6: "out",
  7: "inout",
};
const EMPTY = new Uint8Array();

/** Four parameters of which none is used. */
export const NO_PARAMS: WireParams = four(() => wire(PARAM_TYPE.NONE));

/** Bits of the types above those of four parameters: which are shared. */
const SHARED_SHIFT = 16;

/** Writes the types in one word, two words for each parameter, and the bytes of memrefs, each filled up to a word. */
export function writeParams(writer: ByteWriter, params: WireParams): void {
  const shared = params.reduce((bits, param, n) => bits | (param.shared ? 1 << (SHARED_SHIFT + n) : 0), 0);
  writer.u32(params.reduce((types, { type }, n) => types | (type << (4 * n)), shared));
  for (const { type, a, b, data } of params) {
    writer.u32(a);
    writer.u32(isMemref(type) && b !== NO_BUFFER ? data.length : b);
  }
  for (const { data } of params) {
    writer.raw(data);
    writer.pad();
  }
}

/** Reads them again, or says what is wrong with them. */
export function readParams(reader: ByteReader): Result<WireParams> {
  const types = reader.u32();
  const heads = four((n) => ({
    type: (types >>> (4 * n)) & 0xf,
    a: reader.u32(),
    b: reader.u32(),
    shared: ((types >>> (SHARED_SHIFT + n)) & 1) === 1,
  }));
  const bad = heads.find(({ type }) => type !== PARAM_TYPE.NONE && DIRECTIONS[type] === undefined);
  if (bad !== undefined) return err(`no parameter type is ${bad.type}`);
  if (types >>> (SHARED_SHIFT + 4) !== 0 || heads.some(({ type, shared }) => shared && !canShare(type)))
    return err("the upper half of the parameter types is not zero");
  return ok(
    four((n) => {
      const { type, a, b, shared } = heads[n] as (typeof heads)[number];
      if (!isMemref(type) || b === NO_BUFFER) return wire(type, a, b);
      const data = reader.raw(b);
      reader.pad();
      return shared ? { ...wire(type, a, 0, data), shared } : wire(type, a, 0, data);
    }),
  );
}

/** A client's parameters as a request carries them: the bytes of what goes in, the room for what comes out. */
export function requestOf(params: Params): WireParams {
  return four((n) => {
    const param = params[n] ?? NONE;
    if (param.type === "none") return wire(PARAM_TYPE.NONE);
    if (param.type === "memref") {
      if (param.buffer === null) return wire(typeOf(param), 0, NO_BUFFER);
      return wire(typeOf(param), param.buffer.length, 0, param.direction === "out" ? EMPTY : param.buffer);
    }
    return param.direction === "out" ? wire(typeOf(param)) : wire(typeOf(param), param.value.a, param.value.b);
  });
}

/** The parameters that a request stands for, with buffers of their own. Sizes that contradict the bytes are an error. */
export function paramsOf(request: WireParams): Result<Params> {
  for (const { type, a, b, data, shared } of request) {
    const absent = isMemref(type) && b === NO_BUFFER;
    if (absent && a !== 0) return err(`a memref of type ${type} without a buffer has ${a} bytes`);
    const expected = (DIRECTIONS[type] === "out" && !shared) || absent ? 0 : a;
    if (isMemref(type) && data.length !== expected)
      return err(`a memref of type ${type} and ${a} bytes comes with ${expected} bytes, not ${data.length}`);
  }
  return ok(
    four((n): Param => {
      const { type, a, b, data, shared } = request[n] as WireParam;
      const direction = DIRECTIONS[type];
      if (direction === undefined) return NONE;
      if (!isMemref(type)) return { type: "value", direction, value: { a, b } };
      if (b === NO_BUFFER) return { type: "memref", direction, buffer: null, size: 0 };
      return { type: "memref", direction, buffer: direction === "out" && !shared ? new Uint8Array(a) : data, size: a };
    }),
  );
}

/**
 * Served parameters as a reply carries them: outputs, with as many bytes as were used and have room; all bytes of those that the
 * request shares.
 */
export function replyOf(params: Params, request: WireParams = NO_PARAMS): WireParams {
  return four((n) => {
    const param = params[n] ?? NONE;
    if (param.type === "none") return wire(PARAM_TYPE.NONE);
    if (param.direction === "in") return wire(typeOf(param));
    if (param.type === "value") return wire(typeOf(param), param.value.a, param.value.b);
    const bytes = bufferOf(param);
    return wire(typeOf(param), param.size, 0, request[n]?.shared ? bytes : bytes.subarray(0, param.size >>> 0));
  });
}

/** Puts the outputs of a reply into a client's parameters. False if they are not those that were asked for. */
export function applyReply(params: Params, reply: WireParams): boolean {
  const fits = params.every((param, n) => {
    const { type, data } = reply[n] as WireParam;
    return type === typeOf(param) && data.length <= bufferOf(param).length;
  });
  if (!fits) return false;
  params.forEach((param, n) => {
    const { a, b, data } = reply[n] as WireParam;
    if (param.type === "none" || param.direction === "in") return;
    if (param.type === "value") param.value = { a, b };
    else {
      bufferOf(param).set(data);
      param.size = a;
    }
  });
  return true;
}

/** True of output memrefs. */
function canShare(type: number): boolean {
  return isMemref(type) && DIRECTIONS[type] !== "in";
}

function isMemref(type: number): boolean {
  return type >= PARAM_TYPE.MEMREF_INPUT;
}

function wire(type: number, a = 0, b = 0, data: Uint8Array = EMPTY): WireParam {
  return { type, a: a >>> 0, b: b >>> 0, data };
}

function four<T>(make: (n: number) => T): [T, T, T, T] {
  return [make(0), make(1), make(2), make(3)];
}
