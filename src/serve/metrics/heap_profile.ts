// What the heaps of a system hold now, and were given, as a pprof profile.
import { gzipSync } from "node:zlib";
import { err, ok, type Result } from "../../base/result.ts";
import { encodeProfile, PROFILE_TYPES, type ProfileSample } from "../../export/pprof_profile.ts";
import { heapFrame, siteFrame } from "../../export/stack_frame.ts";
import type { Fleet, LiveSites } from "../../live/state/fleet.ts";
import type { HeapState, SystemState } from "../../live/state/state.ts";
import { instanceOf } from "./figures.ts";

/** Call sites of all heaps of a system that told them. */
type Look = ReadonlyMap<HeapState, LiveSites>;

const IN_USE = PROFILE_TYPES.slice(2);
const NANOS = 1e9;

/** A stretch of time for what was given, in seconds, and how to wait for its end. */
export interface Stretch {
  readonly seconds: number;
  readonly wait: (ms: number) => Promise<void>;
}

/**
 * Asks a system for the call sites of all its heaps, gzipped: what they hold now, and where the system tells its events what
 * they were given: since the watching began, or in a stretch of time from now on. The error says why there is no profile.
 */
export async function heapProfile(
  fleet: Fleet,
  { name, release, can }: SystemState,
  stretch: Stretch | null,
): Promise<Result<Uint8Array>> {
  if (!can.liveBlocks)
    return err(`${name} tells no call sites: they take a source with events, or a heap image (sim, daemon, qemu:)`);
  const before = stretch === null ? null : await look(fleet, name);
  if (before !== null && !before.ok) return before;
  if (stretch !== null) await stretch.wait(stretch.seconds * 1000);
  const now = await look(fleet, name);
  if (!now.ok) return now;
  const heaps = [...now.value.keys()];
  const traced = [...now.value.values()].every(({ given }) => given !== undefined);
  const samples = [...now.value].flatMap(([heap, sites], number) => {
    const old = [...(before?.value ?? [])].find(([{ key }]) => key === heap.key)?.[1].given;
    return samplesOf(sites, old ?? [], traced).map(({ site, value }): ProfileSample => {
      const frames = [siteFrame({ func: "", place: site }), heapFrame({ context: contextOf(heap) })];
      return { heap: number, mark: "", frames, value };
    });
  });
  const [first] = now.value.values();
  const bytes = first?.bytes === "taken" ? "bytes with block headers" : "bytes as they were asked for";
  return ok(
    gzipSync(
      encodeProfile({
        types: traced ? PROFILE_TYPES : IN_USE,
        samples,
        heaps: heaps.map(contextOf),
        comments: [`teemem: ${name}`, `OP-TEE ${release || "of unknown release"}`, bytes],
        duration: (stretch?.seconds ?? 0) * NANOS,
      }),
    ),
  );
}

async function look(fleet: Fleet, name: string): Promise<Result<Look>> {
  const found = new Map<HeapState, LiveSites>();
  let problem = "";
  const heaps = fleet.systems.find((system) => system.name === name)?.heaps ?? [];
  for (const heap of heaps.filter(({ gone }) => !gone)) {
    const live = await fleet.liveBlocks(name, heap.key);
    if (live.ok) found.set(heap, live.value);
    else problem ||= live.error;
  }
  return found.size > 0 ? ok(found) : err(problem || `no heap of ${name} tells its blocks`);
}

interface SiteValue {
  readonly site: string;
  readonly value: number[];
}

/** The values of each call site: those that were given less `old`, then those in use. */
function samplesOf({ sites, given = [] }: LiveSites, old: LiveSites["sites"], traced: boolean): SiteValue[] {
  const none = { blocks: 0, bytes: 0 };
  const bySite = (list: LiveSites["sites"]) => new Map(list.map((one) => [one.site, one]));
  const [used, all, earlier] = [bySite(sites), bySite(given), bySite(old)];
  return [...new Set([...used.keys(), ...all.keys()])]
    .map((site) => {
      const [now, made, before] = [used, all, earlier].map((map) => map.get(site) ?? none);
      const inUse = [now?.blocks ?? 0, now?.bytes ?? 0];
      const alloc = [(made?.blocks ?? 0) - (before?.blocks ?? 0), (made?.bytes ?? 0) - (before?.bytes ?? 0)];
      return { site, value: traced ? [...alloc, ...inUse] : inUse };
    })
    .filter(({ value }) => value.some((number) => number > 0));
}

/** The name of a heap as recordings have it, so that profiles of both compare: `core`, `ta-UUID`. */
function contextOf(heap: HeapState): string {
  if (heap.kind === "pool") return heap.name === "Heap" ? "core" : heap.name;
  const instance = instanceOf(heap);
  return `ta-${heap.uuid ?? heap.name}${instance === "1" ? "" : `#${instance}`}`;
}
