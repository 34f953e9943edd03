// The blocks of a state on the core heap: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, and those of its algorithm's contexts.
import { calloc, free } from "../../../malloc/malloc.ts";
import type { Core } from "../../kernel/core.ts";
import type { Algorithm } from "../crypto/algorithms.ts";
import { CONTEXTS, FIRST_FREED_FIRST } from "../crypto/contexts.ts";
import type { CrypState } from "../crypto/state.ts";
import { empty } from "./fill.ts";
import { giveObject } from "./object_blocks.ts";

const FILE = "core/tee/tee_svc_cryp.c";

type StateBlocks = Pick<CrypState, "handle" | "contexts">;

/** Takes all of them. null, with nothing left behind, if the core heap has no room. */
export function takeState({ heap }: Core, algorithm: Algorithm): StateBlocks | null {
  const handle = calloc(heap, 1, 64, FILE, 2768);
  if (handle === 0) return null;
  const contexts: number[] = [];
  for (const [size, [file, line]] of CONTEXTS[algorithm.context]) {
    const block = calloc(heap, 1, size, file, line);
    if (block === 0) {
      giveBlocks({ heap }, algorithm, { handle, contexts });
      return null;
    }
    contexts.push(block);
  }
  return { handle, contexts };
}

/** Frees a state: its keys, its contexts, itself. */
export function giveState({ heap }: Core, state: CrypState): void {
  for (const key of state.keys) {
    empty(key);
    giveObject(heap, key);
  }
  giveBlocks({ heap }, state.algorithm, state);
}

function giveBlocks({ heap }: Pick<Core, "heap">, { context }: Algorithm, { handle, contexts }: StateBlocks): void {
  const layout = CONTEXTS[context];
  const order = contexts.map((_, n) => (FIRST_FREED_FIRST.has(context) ? n : contexts.length - 1 - n));
  for (const n of order) {
    const [, , [file, line]] = layout[n] as (typeof layout)[number];
    free(heap, contexts[n] as number, file, line);
  }
  free(heap, handle, FILE, 2579);
}
