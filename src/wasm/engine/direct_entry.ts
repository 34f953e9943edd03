// A way into an instance for callers that make very many calls: parameters lie at fixed places, and nothing waits.
import { EntryEnd } from "../calls/entry_end.ts";
import type { DirectChecks, Memcheck } from "../check/memcheck.ts";
import type { CMemory } from "../instance/memory.ts";
import { PARAMS_BYTES } from "../instance/parameters.ts";
import type { Space } from "../instance/space.ts";

/** A parameter: two words, or bytes that are copied into the TA's memory. Its type is that of the TEE Client API. */
type DirectParam =
  | { readonly type: number; readonly a: number; readonly b: number }
  | { readonly type: number; readonly bytes: Uint8Array }
  | { readonly type: 0 };

type DirectWhat = "open" | "invoke";

export interface DirectEntry extends Pick<DirectChecks, "newest" | "lost"> {
  /** Calls a command and gives its code; throws what ends the TA. `shared`: buffers are a client's, which costs more. */
  call(session: number, command: number, params: readonly DirectParam[], shared: boolean): number;
  /** Opens a session, in the same way. */
  open(session: number, params: readonly DirectParam[], shared: boolean): number;
}

interface DirectOptions {
  readonly memory: CMemory;
  readonly space: Space;
  readonly check: Memcheck;
  /** Bytes of a buffer, at most. */
  readonly room: number;
  /** The entry of the module. */
  readonly start: (what: DirectWhat, session: number, at: number, command: number) => number;
  /** Before each entry, and after it. */
  readonly begin: (what: DirectWhat, command: number) => void;
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
  const checks = check.direct(at, rooms);
  const sizes = [0, 0, 0, 0];
  view.setUint32(4, 0, true);
  for (let n = 0; n < 4; n++) {
    view.setUint32(12 + 16 * n, 0, true);
    view.setUint32(20 + 16 * n, 0, true);
  }
  // Straight: it is called a million times.
  const place = (n: number, param: DirectParam): void => {
    const slot = 8 + 16 * n;
    if ("bytes" in param) {
      const { bytes } = param;
      if (sizes[n] !== bytes.length) checks.resize(n, bytes.length);
      sizes[n] = bytes.length;
      (buffers[n] as Uint8Array).set(bytes);
      view.setUint32(slot, rooms[n] as number, true);
      view.setUint32(slot + 8, bytes.length, true);
      return;
    }
    view.setUint32(slot, "a" in param ? param.a : 0, true);
    view.setUint32(slot + 8, "a" in param ? param.b : 0, true);
  };
  const enter = (
    what: DirectWhat,
    session: number,
    command: number,
    params: readonly DirectParam[],
    shared: boolean,
  ): number => {
    let types = 0;
    for (let n = 0; n < 4; n++) {
      const param = params[n] as DirectParam;
      types |= param.type << (4 * n);
      place(n, param);
    }
    view.setUint32(0, types, true);
    begin(what, command);
    checks.begin(shared);
    let thrown: unknown = null;
    try {
      return start(what, session, at, command) >>> 0;
    } catch (error) {
      thrown = error;
      unwind();
      if (!(error instanceof EntryEnd)) throw error;
      return error.code;
    } finally {
      checks.end(thrown);
      end();
    }
  };
  return {
    call: (session, command, params, shared) => enter("invoke", session, command, params, shared),
    open: (session, params, shared) => enter("open", session, 0, params, shared),
    newest: checks.newest,
    lost: checks.lost,
  };
}
