// A way into an instance for callers that make very many calls: parameters lie at fixed places, and nothing waits.
import type { Param, Params } from "../../tee/kernel/params.ts";
import { EntryEnd } from "../calls/entry_end.ts";
import type { Memcheck } from "../check/memcheck.ts";
import type { CMemory } from "../instance/memory.ts";
import { PARAMS_BYTES } from "../instance/parameters.ts";
import type { Space } from "../instance/space.ts";

/** A parameter: two words, or bytes that are copied into the TA's memory. Its type is that of the TEE Client API. */
export type DirectParam =
  | { readonly type: number; readonly a: number; readonly b: number }
  | { readonly type: number; readonly bytes: Uint8Array }
  | { readonly type: 0 };

/** Enters the TA and gives its code; throws what ends it. */
export type DirectEntry = (session: number, command: number, params: readonly DirectParam[]) => number;

interface DirectOptions {
  readonly memory: CMemory;
  readonly space: Space;
  readonly check: Memcheck;
  /** Bytes of a buffer, at most. */
  readonly room: number;
  /** The entry of the module. */
  readonly start: (session: number, at: number, command: number) => number;
  /** Before each entry, and after it. */
  readonly begin: (command: number) => void;
  readonly end: () => void;
  /** What was thrown has left the stack as it was. */
  readonly unwind: () => void;
}

/** Null where the parameters have no room. */
export function createDirectEntry(options: DirectOptions): DirectEntry | null {
  const { memory, space, check, room, start, begin, end, unwind } = options;
  const at = space.take(PARAMS_BYTES);
  const rooms = [0, 1, 2, 3].map(() => space.take(room));
  if (at === 0 || rooms.includes(0)) return null;
  const view = new DataView(memory.bytes(at, PARAMS_BYTES).buffer, at, PARAMS_BYTES);
  const buffers = rooms.map((from) => memory.bytes(from, room));
  return (session, command, params) => {
    let types = 0;
    const placed: Param[] = [];
    for (const [n, param] of params.entries()) {
      types |= param.type << (4 * n);
      const buffer = "bytes" in param ? (buffers[n] as Uint8Array).subarray(0, param.bytes.length) : null;
      if ("bytes" in param) buffer?.set(param.bytes);
      const [a, b] = "a" in param ? [param.a, param.b] : buffer === null ? [0, 0] : [rooms[n] as number, buffer.length];
      view.setUint32(8 + 16 * n, a, true);
      view.setUint32(12 + 16 * n, 0, true);
      view.setUint32(16 + 16 * n, b, true);
      view.setUint32(20 + 16 * n, 0, true);
      if (buffer !== null) placed.push({ type: "memref", direction: "in", buffer, size: buffer.length });
    }
    view.setUint32(0, types, true);
    view.setUint32(4, 0, true);
    begin(command);
    check.entered({ at, params: placed as unknown as Params }, false);
    let thrown: unknown = null;
    try {
      return start(session, at, command) >>> 0;
    } catch (error) {
      thrown = error;
      unwind();
      if (!(error instanceof EntryEnd)) throw error;
      return error.code;
    } finally {
      check.left(thrown, null, false);
      end();
    }
  };
}
