// What the heaps of a system hold now, as a pprof profile.
import { gzipSync } from "node:zlib";
import { err, ok, type Result } from "../../base/result.ts";
import { encodeProfile, PROFILE_TYPES, type ProfileSample } from "../../export/pprof_profile.ts";
import { heapFrame, siteFrame } from "../../export/stacks.ts";
import type { Fleet } from "../../live/state/fleet.ts";
import type { HeapState, SystemState } from "../../live/state/state.ts";
import { instanceOf } from "./figures.ts";

const IN_USE = PROFILE_TYPES.slice(2);

/** Asks a system for the live blocks of all its heaps by call site, gzipped. The error says why there is no profile, and what to do. */
export async function heapProfile(fleet: Fleet, system: SystemState): Promise<Result<Uint8Array>> {
  if (!system.can.liveBlocks)
    return err(
      `${system.name} tells no call sites: they take a source with events, or a heap image (sim, daemon, qemu:)`,
    );
  const samples: ProfileSample[] = [];
  const heaps: string[] = [];
  let problem = "";
  let counted = "";
  for (const heap of system.heaps.filter(({ gone }) => !gone)) {
    const live = await fleet.liveBlocks(system.name, heap.key);
    if (!live.ok) {
      problem ||= live.error;
      continue;
    }
    const context = contextOf(heap);
    const number = heaps.push(context) - 1;
    counted = live.value.bytes === "taken" ? "with block headers" : "as they were asked for";
    for (const { site, blocks, bytes } of live.value.sites)
      samples.push({
        heap: number,
        mark: "",
        frames: [siteFrame({ func: "", place: site }), heapFrame({ context })],
        value: [blocks, bytes],
      });
  }
  if (heaps.length === 0) return err(problem || `no heap of ${system.name} tells its blocks`);
  const comments = [`teemem: ${system.name}`, `OP-TEE ${system.release || "of unknown release"}`, `bytes ${counted}`];
  return ok(gzipSync(encodeProfile({ types: IN_USE, samples, heaps, comments, duration: 0 })));
}

/** The name of a heap as recordings have it, so that profiles of both compare: `core`, `ta-UUID`. */
function contextOf(heap: HeapState): string {
  if (heap.kind === "pool") return heap.name === "Heap" ? "core" : heap.name;
  const instance = instanceOf(heap);
  return `ta-${heap.uuid ?? heap.name}${instance === "1" ? "" : `#${instance}`}`;
}
