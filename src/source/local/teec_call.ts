// Calls of libteec with parameters, which somebody may give up.
import type { Outcome } from "../../tee/kernel/outcome.ts";
import type { Params } from "../../tee/kernel/params.ts";
import type { Libteec } from "./libteec.ts";
import { createOperation } from "./operation.ts";

/** A function of libteec, given the pointers to its operation and to where the origin goes. */
type Call = (operation: unknown, origin: unknown) => Promise<number>;

/** Makes calls. */
interface Caller {
  /** Calls that have not returned. */
  readonly hanging: number;
  /** Makes a call. At the signal it asks for cancellation and gives null: what C still uses is freed when it returns. */
  perform(params: Params, signal: AbortSignal | undefined, call: Call): Promise<Outcome | null>;
}

export function createCaller(lib: Libteec): Caller {
  let hanging = 0;
  return {
    get hanging() {
      return hanging;
    },
    async perform(params, signal, call) {
      const operation = createOperation(params, lib.word, lib.allocate);
      const origin = lib.allocate(4);
      hanging++;
      const made = call(operation.memory.pointer, origin.pointer).then((result): Outcome => {
        hanging--;
        const from = new DataView(origin.bytes.buffer, origin.bytes.byteOffset).getUint32(0, true);
        if (signal?.aborted !== true) operation.finish();
        operation.free();
        origin.free();
        return { code: result >>> 0, origin: from };
      });
      const given = await unlessFired(made, signal);
      if (given === null) void lib.call("TEEC_RequestCancellation", operation.memory.pointer);
      return given;
    },
  };
}

/** Null if the signal fires first. */
async function unlessFired<T>(made: Promise<T>, signal: AbortSignal | undefined): Promise<T | null> {
  if (signal === undefined) return made;
  let stop = (): void => {};
  const fired = new Promise<null>((resolve) => {
    stop = () => resolve(null);
    signal.addEventListener("abort", stop, { once: true });
    if (signal.aborted) resolve(null);
  });
  try {
    return await Promise.race([made, fired]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
