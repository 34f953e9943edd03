// A TA that misuses its heap on purpose, to try tools on.
import { TEE } from "../../abi/errors.ts";
import { PARAM_TYPE } from "../../abi/ids.ts";
import { haveTypes, type Params } from "../kernel/params.ts";
import type { InternalApi } from "../utee/internal_api.ts";
import type { TaSession, TrustedApp } from "../utee/trusted_app.ts";

export const LEAKY_UUID = "6d4c1b8e-30f7-4c52-9c1a-5b7e0d2f8a46";

/** Commands and the one value each takes. */
export const LEAKY = {
  /** Never frees a block of `a` bytes. */
  LEAK: 0,
  /** Allocates and frees a block of `a` bytes, but does not free it at every `b`-th call of a session. */
  LEAK_EVERY: 1,
  /** Frees what the commands above left in this session. Takes no value. */
  FREE_ALL: 2,
  /** Frees a block of `a` bytes twice. */
  DOUBLE_FREE: 3,
  /** Writes `b` bytes beyond the end of a block of `a` bytes, then frees it. */
  OVERRUN: 4,
  /** Panics with code `a`. */
  PANIC: 5,
  /** Calls mdbg_check(1): lists its own blocks on the secure console. Takes no value. */
  CHECK: 6,
} as const;

/** Where it allocates and frees. */
export const LEAKY_SITES = {
  leak: "ta/leaky/leaky.c:31",
  every: "ta/leaky/leaky.c:47",
  everyFree: "ta/leaky/leaky.c:54",
  freeAll: "ta/leaky/leaky.c:66",
  twice: "ta/leaky/leaky.c:78",
  overrun: "ta/leaky/leaky.c:92",
} as const;

/** What it knows of a session, in its data rather than on its heap. */
interface Kept {
  calls: number;
  readonly blocks: number[];
}

type Values = { readonly a: number; readonly b: number };
type Handler = (tee: InternalApi, kept: Kept, values: Values) => number;

const HANDLERS: Readonly<Record<number, Handler>> = {
  [LEAKY.LEAK](tee, kept, { a }) {
    const block = tee.malloc(a, 0, LEAKY_SITES.leak);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    kept.blocks.push(block);
    return TEE.SUCCESS;
  },
  [LEAKY.LEAK_EVERY](tee, kept, { a, b }) {
    const block = tee.malloc(a, 0, LEAKY_SITES.every);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    if (b > 0 && ++kept.calls % b === 0) kept.blocks.push(block);
    else tee.free(block, LEAKY_SITES.everyFree);
    return TEE.SUCCESS;
  },
  [LEAKY.FREE_ALL](tee, kept) {
    for (const block of kept.blocks.splice(0)) tee.free(block, LEAKY_SITES.freeAll);
    return TEE.SUCCESS;
  },
  [LEAKY.DOUBLE_FREE](tee, _kept, { a }) {
    const block = tee.malloc(a, 0, LEAKY_SITES.twice);
    tee.free(block, LEAKY_SITES.twice);
    tee.free(block, LEAKY_SITES.twice);
    return TEE.SUCCESS;
  },
  [LEAKY.OVERRUN](tee, _kept, { a, b }) {
    const block = tee.malloc(a, 0, LEAKY_SITES.overrun);
    if (block === 0) return TEE.OUT_OF_MEMORY;
    tee.memFill(block, 0xa5, a + b);
    tee.free(block, LEAKY_SITES.overrun);
    return TEE.SUCCESS;
  },
  [LEAKY.PANIC]: (tee, _kept, { a }) => tee.panic(a),
  [LEAKY.CHECK](tee) {
    tee.mdbgCheck(true);
    return TEE.SUCCESS;
  },
};

/** Leaks, frees twice, writes beyond the end, panics: as asked. A session starts with nothing kept. */
export const leaky: TrustedApp = {
  uuid: LEAKY_UUID,
  name: "leaky",
  flags: { singleInstance: false, multiSession: false, keepAlive: false },
  layout: { textPages: 41, dataPages: 12, stackPages: 1, heapBase: 0x400466d0, heapLength: 32768 },
  openSession(_tee, session) {
    const kept: Kept = { calls: 0, blocks: [] };
    session.context = kept;
    return TEE.SUCCESS;
  },
  invoke(tee, session, command, params) {
    const values = valuesOf(command, params);
    const handler = HANDLERS[command];
    return values === null || handler === undefined ? TEE.BAD_PARAMETERS : handler(tee, keptIn(session), values);
  },
};

function valuesOf(command: number, params: Params): Values | null {
  if (command === LEAKY.FREE_ALL || command === LEAKY.CHECK) return haveTypes(params) ? { a: 0, b: 0 } : null;
  const [param] = params;
  return haveTypes(params, PARAM_TYPE.VALUE_INPUT) && param.type === "value" ? param.value : null;
}

function keptIn(session: TaSession): Kept {
  return session.context as Kept;
}
