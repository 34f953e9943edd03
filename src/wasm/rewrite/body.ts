// Rewrites the body of a function.

import { type AccessChanges, changesAccess, writeAccess } from "./access.ts";
import { behindInstruction, behindLeb, lebAt, OPCODE } from "./instruction.ts";
import { loweringAt, writeSteps } from "./lower.ts";
import type { ModuleWriter } from "./module_writer.ts";
import type { OffsetMap } from "./offset_map.ts";
import { declareSpares, SPARE_COUNT } from "./spare_locals.ts";
import { type TickPlaces, writeTick } from "./tick.ts";

/** What is changed in every body. */
export interface BodyChanges extends AccessChanges {
  /** Counts at loop heads; null for none. */
  readonly tick: TickPlaces | null;
}

/** Writes the body that stands from `from` up to before `to`, and notes where what stood; throws for what cannot be lowered. */
export function writeBody(
  out: ModuleWriter,
  map: OffsetMap,
  bytes: Uint8Array,
  { from, to, parameters }: { readonly from: number; readonly to: number; readonly parameters: number },
  changes: BodyChanges,
): void {
  const { tick, lower, low, wide } = changes;
  const spares = lower || low > 0;
  const mark = (old: number): void => {
    map.now.push(out.length);
    map.old.push(old);
  };
  const declared = readLocals(bytes, from);
  const locals = parameters + declared.count;
  out.uleb(declared.groups + (spares ? SPARE_COUNT : 0));
  out.copy(bytes, declared.first, declared.end);
  if (spares) declareSpares(out, wide);
  mark(declared.end);
  // What is unchanged is copied in one piece, from `kept` on.
  let kept = declared.end;
  const flush = (at: number): void => {
    out.copy(bytes, kept, at);
    kept = at;
    mark(at);
  };
  for (let at = declared.end; at < to; ) {
    const next = behindInstruction(bytes, at);
    const { before = [], behind = [] } = lower ? lowered(bytes, at) : {};
    if (before.length > 0) {
      flush(at);
      writeSteps(out, before, locals);
      mark(at);
    }
    if (changesAccess(bytes, at, changes)) {
      flush(at);
      writeAccess(out, bytes, at, locals, changes, () => mark(at));
      kept = next;
      mark(next);
    }
    if (behind.length > 0) {
      flush(next);
      writeSteps(out, behind, locals);
      mark(next);
    }
    if (tick !== null && bytes[at] === OPCODE.loop) {
      flush(next);
      writeTick(out, tick, () => mark(at));
      mark(next);
    }
    at = next;
  }
  out.copy(bytes, kept, to);
}

function lowered(bytes: Uint8Array, at: number): Exclude<ReturnType<typeof loweringAt>, { ok: false }>["value"] {
  const lowering = loweringAt(bytes, at);
  if (!lowering.ok) throw new RewriteRefusal(lowering.error);
  return lowering.value;
}

/** Something in a module that cannot be rewritten. Never leaves this folder. */
export class RewriteRefusal extends Error {
  override readonly name = "RewriteRefusal";
}

/** The declarations of locals that a body begins with. */
function readLocals(bytes: Uint8Array, from: number): { groups: number; count: number; first: number; end: number } {
  const groups = lebAt(bytes, from);
  const first = behindLeb(bytes, from);
  let end = first;
  let count = 0;
  for (let n = 0; n < groups && end < bytes.length; n++) {
    count += lebAt(bytes, end);
    end = behindLeb(bytes, end) + 1;
  }
  return { groups, count, first, end };
}
