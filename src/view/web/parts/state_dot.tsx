// Which way a system is, as a shape that tells without colour, too.
import type { SystemCondition } from "../../../live/state/state.ts";

export function StateDot({ state }: { readonly state: SystemCondition }) {
  return <span class={`dot dot-${state}`} role="img" aria-label={state} title={state} />;
}
