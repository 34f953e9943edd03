// The blocks of a state on the core heap: OP-TEE 4.0.0 core/tee/tee_svc_cryp.c, and those of its algorithm's contexts.
import { type Core, give, take } from "../../kernel/core.ts";
import type { Algorithm } from "../crypto/algorithms.ts";
import { CONTEXTS, FIRST_FREED_FIRST } from "../crypto/contexts.ts";
import type { CrypState } from "../crypto/state.ts";
import { empty } from "./fill.ts";
import { giveObject } from "./object_blocks.ts";

type StateBlocks = Pick<CrypState, "handle" | "contexts">;

/** Takes all of them. null, with nothing left behind, if the core heap has no room. */
export function takeState(core: Core, algorithm: Algorithm): StateBlocks | null {
  const handle = take(core, "key.operation");
  if (handle === 0) return null;
  const contexts: number[] = [];
  for (const name of CONTEXTS[algorithm.context]) {
    const block = take(core, name);
    if (block === 0) {
      giveBlocks(core, algorithm, { handle, contexts });
      return null;
    }
    contexts.push(block);
  }
  return { handle, contexts };
}

/** Frees a state: its keys, its contexts, itself. */
export function giveState(core: Core, state: CrypState): void {
  for (const key of state.keys) {
    empty(key);
    giveObject(core, key);
  }
  giveBlocks(core, state.algorithm, state);
}

function giveBlocks(core: Core, { context }: Algorithm, { handle, contexts }: StateBlocks): void {
  const layout = CONTEXTS[context];
  const order = contexts.map((_, n) => (FIRST_FREED_FIRST.has(context) ? n : contexts.length - 1 - n));
  for (const n of order) give(core, contexts[n] as number, layout[n] as (typeof layout)[number]);
  give(core, handle, "key.operation");
}
