// Inspects the memory of TAs from outside, at any moment.
import { clip } from "../../base/printable.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { HeapPanic } from "../../heap/panic.ts";
import type { Counters } from "../../malloc/counters.ts";
import { type LiveBlock, leakLine, liveBlocks } from "../../malloc/foreach.ts";
import { getStats } from "../../malloc/stats.ts";
import { LEVEL } from "./console.ts";
import type { Core } from "./core.ts";
import type { EndedTa, TaInstance } from "./ta_instance.ts";

/** An instance at one moment. */
export interface TaMoment {
  readonly instance: number;
  readonly uuid: string;
  readonly name: string;
  readonly sessions: number;
  readonly panicked: boolean;
  /** True while a call is inside. */
  readonly busy: boolean;
  /** Real figures, also without a session or with a call inside, where upstream's `--ta` shows zeros. */
  readonly stats: Counters;
}

/** The live blocks of an instance. */
export interface TaLeaks extends TaMoment {
  /** In address order, the pool table and the library's own among them, as `mdbg_check(1)` lists them. */
  readonly blocks: readonly LiveBlock[];
}

/** The running instances of a TA (UUID or name, in any case), or of all. */
export function taMoments(core: Core, which?: string): TaMoment[] {
  return instancesOf(core, which).map(momentOf);
}

/**
 * Lists the blocks of the running instances of a TA, or of all, also as lines of the secure console (`I/TA: buffer: …`). The
 * bytes are read as they are: no call waits for it, no entry point runs, and an instance with a call inside shows what it
 * holds at this moment. Errors: not running, no leak headers in this build, a damaged heap.
 */
export function taLeaks(core: Core, which?: string): Result<TaLeaks[]> {
  const instances = instancesOf(core, which);
  if (instances.length === 0) return err(notRunning(core, which));
  const found: TaLeaks[] = [];
  for (const instance of instances) {
    const blocks = leaksOf(core, instance);
    if (!blocks.ok) return blocks;
    found.push({ ...momentOf(instance), blocks: blocks.value });
  }
  for (const block of found.flatMap(({ blocks }) => blocks)) core.console.taPrint(LEVEL.INFO, leakLine(block));
  return ok(found);
}

/** The live blocks of one instance, without a word on the console. Errors: no leak headers, a damaged heap. */
export function leaksOf(core: Core, { app, heap }: Pick<TaInstance, "app" | "heap">): Result<LiveBlock[]> {
  if (!core.switches.CFG_TEE_TA_MALLOC_DEBUG) {
    return err("TA heaps have no leak headers in this build: CFG_TEE_TA_MALLOC_DEBUG=y is missing");
  }
  try {
    return ok(liveBlocks(heap));
  } catch (error) {
    if (!(error instanceof HeapPanic)) throw error;
    return err(`the heap of ${app.name} is damaged: ${error.message}`);
  }
}

/** The latest instances of a TA (UUID or name, in any case), or of all, that ended. */
export function taEnded(core: Core, which?: string): EndedTa[] {
  return core.ended.filter(({ uuid, name }) => isMeant(which, uuid, name));
}

function instancesOf(core: Core, which?: string): TaInstance[] {
  return core.instances.filter(({ uuid, app }) => isMeant(which, uuid, app.name));
}

function isMeant(which: string | undefined, uuid: string, name: string): boolean {
  const wanted = which?.toLowerCase();
  return wanted === undefined || wanted === uuid || wanted === name.toLowerCase();
}

function momentOf({ id, uuid, app, sessions, panicked, lock, heap }: TaInstance): TaMoment {
  return { instance: id, uuid, name: app.name, sessions, panicked, busy: lock.busy, stats: getStats(heap) };
}

function notRunning(core: Core, which: string | undefined): string {
  if (which === undefined) return "no TA is running";
  const names = [...new Set(core.instances.map(({ app }) => app.name))].sort();
  return `no TA '${clip(which)}' is running; ${names.length > 0 ? `running: ${names.join(", ")}` : "none is"}`;
}
