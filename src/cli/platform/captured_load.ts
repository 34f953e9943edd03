// Finds in a recording how a TA is loaded and unloaded.
import { err, ok, type Result } from "../../base/result.ts";
import type { TaPart } from "../../platform/platform.ts";
import type { CapturedBlock, CapturedEvent } from "./captured_events.ts";

/** Functions of OP-TEE, by which a load is known in every release since 4.0. */
const BEGINS = "tee_ta_init_user_ta_session";
const LOADED = "thread_rpc_shm_cache_clear";

/** Operations of the last TA that came and went alone. */
interface CapturedLoad {
  readonly load: readonly CapturedEvent[];
  readonly unload: readonly CapturedEvent[];
  readonly partOf: (event: CapturedEvent) => TaPart | undefined;
}

/** `parts` of TA memory in the order in which a load takes them. The error says what the recording lacks. */
export function findLoad(core: readonly CapturedEvent[], parts: readonly TaPart[]): Result<CapturedLoad> {
  const starts = core.flatMap(({ func, made }, at) => (func === BEGINS && made !== null ? [at] : []));
  const indexOf = new Map(core.map(({ ended }, at) => [ended, at] as const));
  for (const start of starts.toReversed()) {
    const context = core[start]?.made ?? null;
    const end = context?.ended ? indexOf.get(context) : undefined;
    const loaded = core.findIndex(({ func }, at) => at > start && func === LOADED);
    const alone = !starts.some((at) => at > start && at < (end ?? 0));
    if (end === undefined || loaded < 0 || loaded > end || !alone) continue;
    const own = ownBlocks(core, start, loaded, end, indexOf);
    const load = core.slice(start, loaded + 1).filter(({ made, ended }) => own.has(made) || own.has(ended));
    const unload = core.slice(loaded + 1, end + 1).filter(({ ended }) => own.has(ended));
    const named = nameParts(load, parts);
    return named === null ? err(partsDiffer(parts)) : ok({ load, unload, partOf: (event) => named.get(event) });
  }
  return err("no TA was loaded and unloaded alone in it: run one after the boot, like xtest 4001");
}

/** Blocks that are made between two operations, and end until a third. */
function ownBlocks(
  core: readonly CapturedEvent[],
  start: number,
  loaded: number,
  end: number,
  indexOf: ReadonlyMap<CapturedBlock | null, number>,
): ReadonlySet<CapturedBlock | null> {
  const made = core.slice(start, loaded + 1).flatMap(({ made: block }) => block ?? []);
  return new Set(made.filter((block) => (indexOf.get(block) ?? Number.POSITIVE_INFINITY) <= end));
}

/** Each part is a range of memory (tee_mm.c) for an object that was made just before (fobj.c). Null where they are not as many. */
function nameParts(load: readonly CapturedEvent[], parts: readonly TaPart[]): Map<CapturedEvent, TaPart> | null {
  const isIn = (event: CapturedEvent | undefined, file: string): boolean =>
    event !== undefined && event.made !== null && event.place.startsWith(`${file}:`);
  const ranges = load.filter((event, at) => isIn(event, "core/mm/tee_mm.c") && isIn(load[at - 1], "core/mm/fobj.c"));
  return ranges.length === parts.length ? new Map(ranges.map((event, n) => [event, parts[n] as TaPart])) : null;
}

function partsDiffer(parts: readonly TaPart[]): string {
  return `the TA that was loaded last has not the ${parts.length} parts ${parts.join(", ")}: run one without libraries last, like xtest 4001`;
}
