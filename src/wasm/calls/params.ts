// struct utee_params, the parameters of a call from one TA to another: OP-TEE 4.0.0 core/tee/tee_svc.c.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { type Direction, params as fill, NONE, type Param, type Params } from "../../tee/kernel/params.ts";
import { refuse } from "../../tee/svc/reply.ts";
import { ACCESS, type UserMemory } from "./user_memory.ts";

const PARAMS_BYTES = 72;

const DIRECTION: Readonly<Record<number, Direction>> = { 1: "in", 2: "out", 3: "inout" };

/**
 * Reads the parameters; none for NULL. Buffers are views. A TA cannot share memory of its own with another (`shared`): the
 * library copies that to memory that can be shared; a pseudo TA sees all of it.
 */
export function readUteeParams(memory: UserMemory, at: number, isOwn: (at: number, length: number) => boolean): Params {
  if (at === 0) return fill();
  const words = viewOf(memory.output(at, PARAMS_BYTES));
  const types = words.getUint32(0, true);
  const one = (n: number): Param => {
    const [a, b] = [8, 16].map((offset) => Number(words.getBigUint64(offset + 16 * n, true))) as [number, number];
    return readParam(memory, (types >>> (4 * n)) & 0xf, a, b, isOwn);
  };
  return fill(one(0), one(1), one(2), one(3));
}

/** Writes what came back: values, and the sizes of buffers. */
export function writeUteeParams(memory: UserMemory, at: number, params: Params): void {
  if (at === 0) return;
  const words = viewOf(memory.output(at, PARAMS_BYTES));
  for (const [n, param] of params.entries()) {
    if (param.type === "none" || param.direction === "in") continue;
    const first = 8 + 16 * n;
    if (param.type === "memref") words.setBigUint64(first + 8, BigInt(param.size), true);
    else {
      words.setBigUint64(first, BigInt(param.value.a >>> 0), true);
      words.setBigUint64(first + 8, BigInt(param.value.b >>> 0), true);
    }
  }
}

function readParam(
  memory: UserMemory,
  type: number,
  a: number,
  b: number,
  isOwn: (at: number, length: number) => boolean,
): Param {
  const direction = DIRECTION[type & 3];
  if (type === PARAM_TYPE.NONE || type > PARAM_TYPE.MEMREF_INOUT || direction === undefined) return NONE;
  if (type <= PARAM_TYPE.VALUE_INOUT) {
    const given = direction === "out" ? { a: 0, b: 0 } : { a: a % 2 ** 32, b: b % 2 ** 32 };
    return { type: "value", direction, value: given };
  }
  if (a === 0) {
    if (b > 0) refuse("a NULL buffer of more than 0 bytes", TEE.BAD_PARAMETERS);
    return { type: "memref", direction, buffer: null, size: 0 };
  }
  const { READ, WRITE, ANY_OWNER } = ACCESS;
  const buffer = memory.passed(READ | ANY_OWNER | (direction === "in" ? 0 : WRITE), a, b);
  if (b > 0 && isOwn(a, b)) refuse("a TA cannot share memory of its own", TEE.BAD_PARAMETERS);
  return { type: "memref", direction, buffer, size: b };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
}
