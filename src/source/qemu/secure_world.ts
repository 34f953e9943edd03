// OP-TEE in the secure memory of a machine: which release it is, and where its heaps lie.
import { statesAt } from "../../analyze/dump/allocator_state.ts";
import { heapsIn, type ImageHeap } from "../../analyze/dump/image.ts";
import { err, ok, type Result } from "../../base/result.ts";
import type { Release } from "../../release/release.ts";
import { RELEASES, releaseOf } from "../../release/releases.ts";
import type { Machine, SecureRam } from "./machine.ts";
import { gone } from "./process_memory.ts";
import { createHeapReader, type HeapReader, type HeapSpot, type ReadAt } from "./steady.ts";
import { versionIn } from "./version.ts";

/** OP-TEE that runs in a machine. */
export interface SecureWorld {
  readonly ram: SecureRam;
  /** Like 4.10.0; empty where the memory does not say it. */
  readonly version: string;
  readonly release: Release;
  /** What `survey` filled last. */
  readonly image: Uint8Array;
  readonly read: ReadAt;
  /** Whether the machine still runs. */
  isThere(): boolean;
  /** The core's main heap; found anew where it has moved, as after a reset. */
  core(): Result<CoreHeap>;
  /** Copies all of the secure memory and finds every heap in it, each as it stood at one moment. */
  survey(): Result<Survey>;
}

export interface CoreHeap {
  readonly heap: ImageHeap;
  readonly spot: HeapSpot;
  readonly reader: HeapReader;
}

interface Survey {
  readonly heaps: readonly ImageHeap[];
  /** Heaps that did not rest for long enough: their bytes can be of two moments. */
  readonly torn: readonly ImageHeap[];
}

/** Larger memory is not searched. */
const LARGEST_RAM = 2 ** 28;
const SMALLEST_RAM = 2 ** 20;

/** Finds OP-TEE in a machine. The error says what to do. */
export function findSecureWorld({ memory, candidates }: Machine): Result<SecureWorld> {
  let looked = 0;
  for (const ram of candidates) {
    if (ram.length < SMALLEST_RAM || ram.length > LARGEST_RAM) continue;
    const image = new Uint8Array(ram.length);
    if (!memory.read(ram.host, image)) continue;
    looked++;
    // Most candidates hold something else, and a search for heaps takes long.
    if (isEmpty(image)) continue;
    const heaps = heapsIn(image, undefined, ram.physical);
    if (coreOf(heaps) !== null) return ok(worldIn(memory.pid, memory.read, ram, image, heaps));
  }
  if (looked === 0) return err(`nothing can be read of the machine's memory; ${gone(memory.pid)}`);
  return err(
    "no heap of OP-TEE in the secure memory of this machine: it still boots, or runs another secure world, or OP-TEE lies in memory that both worlds see",
  );
}

function worldIn(
  pid: number,
  readProcess: Machine["memory"]["read"],
  ram: SecureRam,
  image: Uint8Array,
  found: readonly ImageHeap[],
): SecureWorld {
  const version = versionIn(image);
  const named = releaseOf(version);
  const read: ReadAt = (offset, into) => readProcess(ram.host + offset, into);
  let known = coreOf(found);
  const search = (): Result<readonly ImageHeap[]> => {
    if (!read(0, image)) return err(gone(pid));
    const heaps = heapsIn(image, undefined, ram.physical);
    known = coreOf(heaps);
    if (known === null) return err("OP-TEE's heap is not there any more: the machine was reset, and boots");
    return ok(heaps);
  };
  return {
    ram,
    version,
    release: named.ok ? named.value : (RELEASES.at(-1) as Release),
    image,
    read,
    isThere: () => read(0, new Uint8Array(1)),
    core() {
      const last = known && coreHeapOf(known, read);
      if (last !== null && isStill(last, image)) return ok(last);
      const heaps = search();
      return heaps.ok ? ok(coreHeapOf(known as ImageHeap, read)) : heaps;
    },
    survey() {
      const heaps = search();
      if (!heaps.ok) return heaps;
      const alive = heaps.value.filter(({ life, place }) => life !== "dead" && place !== null);
      const torn = alive.filter((heap) => !createHeapReader(read, spotOf(heap)).take(image));
      return ok({ heaps: heaps.value, torn });
    },
  };
}

/** The main heap of the core: of its heaps, the one with the largest pools. */
function coreOf(heaps: readonly ImageHeap[]): ImageHeap | null {
  const room = ({ table }: ImageHeap): number => table.pools.reduce((sum, { length }) => sum + length, 0);
  const cores = heaps.filter(({ owner, place }) => owner.kind === "core" && !owner.scratch && place !== null);
  return cores.sort((a, b) => room(b) - room(a))[0] ?? null;
}

function coreHeapOf(heap: ImageHeap, read: ReadAt): CoreHeap {
  const spot = spotOf(heap);
  return { heap, spot, reader: createHeapReader(read, spot) };
}

function spotOf({ m, table, place, owner }: ImageHeap): HeapSpot {
  if (place === null) throw new Error("a heap whose state was found");
  return { word: m.geometry.word, pools: table.pools, place, locks: owner.kind === "core" };
}

/** Whether a heap is still where it was: its state links to its blocks, and has as many pools. */
function isStill({ heap: { m, table }, spot, reader }: CoreHeap, image: Uint8Array): boolean {
  // What is taken while the heap is busy may be of two moments; then it is not looked for elsewhere at once.
  const whole = reader.take(image);
  const state = reader.state();
  if (state === null || state.poolCount !== table.pools.length) return false;
  return !whole || statesAt(m, spot.place.at, table.base).length > 0;
}

/** Whether there is nothing in the first and last quarter. */
function isEmpty(image: Uint8Array): boolean {
  const part = image.length >> 2;
  return [image.subarray(0, part), image.subarray(image.length - part)].every((one) => one.every((byte) => byte === 0));
}
