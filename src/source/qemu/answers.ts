// What the memory of a machine answers: counters of pools and TAs, live blocks, the memory itself.
import type { PartialRecord, PartialTa } from "../../abi/record.ts";
import { readState } from "../../analyze/dump/allocator_state.ts";
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import { type ImageHeap, reportImageHeap } from "../../analyze/dump/image.ts";
import { securePools } from "../../analyze/dump/secure_memory.ts";
import { err, ok, type Result } from "../../base/result.ts";
import { type LiveBlock, leakLine } from "../../malloc/foreach.ts";
import { HEAP_NAME } from "../../release/releases.ts";
import type { Answers, MemoryImage } from "../source.ts";
import type { CoreHeap, SecureWorld } from "./secure_world.ts";

/** The pools that the memory tells of, as statistics have them: the core's heap, and the memory of TAs. */
export function allocOf(world: SecureWorld): Result<Answers["alloc"]> {
  const core = world.core();
  if (!core.ok) return core;
  const taken = core.value.reader.take(world.image);
  if (!taken) return err(`the core's heap did not rest in ${TRIES} looks: ask again`);
  const { release } = world;
  const heap = recordOf(HEAP_NAME, core.value.heap);
  const taMemory = taMemoryOf(world, core.value);
  const name = release.pools.find(({ role }) => role === "ta-memory")?.name ?? "";
  return ok({ release, pools: [heap, ...(taMemory === null ? [] : [{ name, ...taMemory }])] });
}

const TRIES = "2,000";

function recordOf(name: string, { m, place }: ImageHeap): PartialRecord {
  if (place === null) return { name };
  const { counters, free2Sum } = readState(m, place);
  if (place.layout.counters === undefined) return { name };
  return { name, ...counters, ...(free2Sum === null ? {} : { free2Sum }) };
}

/** The pool that TAs live in: the one whose addresses are those of the secure memory. Its counters of failures are not kept there. */
function taMemoryOf(
  { ram, read, image }: SecureWorld,
  { heap: { m, table } }: CoreHeap,
): Omit<PartialRecord, "name"> | null {
  if (!read(0, image)) return null;
  const from = ram.physical;
  const inRam = securePools(m, table.base, table.pools).filter((pool) =>
    from === null
      ? pool.to - pool.from < ram.length && pool.used.length > 0
      : pool.from >= from && pool.to <= from + ram.length,
  );
  const [pool] = inRam.sort((a, b) => b.to - b.from - (a.to - a.from));
  if (pool === undefined) return null;
  const allocated = pool.used.reduce((sum, [start, end]) => sum + end - start, 0);
  return { allocated, size: pool.to - pool.from, ...(pool.most === null ? {} : { maxAllocated: pool.most }) };
}

/** The heaps of TAs that are loaded. */
export function tasOf(world: SecureWorld): Result<readonly PartialTa[]> {
  const survey = world.survey();
  if (!survey.ok) return survey;
  return ok(ofTas(survey.value.heaps).map((heap) => ({ uuid: heap.owner.uuid, heap: recordOf("", heap) })));
}

/** Pools for big numbers and the loader's heap are none of those that statistics show. */
function ofTas(heaps: readonly ImageHeap[]): ImageHeap[] {
  return heaps.filter(({ life, owner }) => life !== "dead" && !owner.scratch && isTas(owner));
}

/** One of which the memory does not tell whose it is has no page table any more: a TA's, as the core's are all known. */
function isTas({ kind }: ImageHeap["owner"]): boolean {
  return kind === "ta" || kind === "unknown";
}

/** The live blocks of the core's heap and of those of TAs, with their call sites. */
export function liveBlocksOf(world: SecureWorld, ta: string | undefined): Result<Answers["leaks"]> {
  const survey = world.survey();
  if (!survey.ok) return survey;
  const core = world.core();
  if (!core.ok) return core;
  const wanted = ta?.toLowerCase();
  const all = [
    { uuid: "core", heap: core.value.heap },
    ...ofTas(survey.value.heaps).map((heap) => ({ uuid: heap.owner.uuid, heap })),
  ].filter(({ uuid }) => wanted === undefined || uuid === wanted);
  if (all.length === 0) return err(`no heap of '${ta ?? ""}' in the memory`);
  const listed = all.map(({ uuid, heap }, n) => ({ uuid, name: "", instance: n, report: reportImageHeap(heap, {}) }));
  const headed = listed.filter(({ report }) => report.leakHeaders);
  if (headed.length === 0)
    return err(
      "the blocks have no leak headers: build OP-TEE with CFG_TEE_CORE_MALLOC_DEBUG=y or CFG_TEE_TA_MALLOC_DEBUG=y",
    );
  return ok(headed.map(({ report, ...one }) => ({ ...one, blocks: blocksOf(report) })));
}

/** The lines that OP-TEE would print of the core's heap. */
export function memleakOf(world: SecureWorld): Result<readonly string[]> {
  const leaks = liveBlocksOf(world, "core");
  if (!leaks.ok) return leaks;
  return ok(leaks.value.flatMap(({ blocks }) => blocks.map(leakLine)));
}

function blocksOf({ pools }: DumpReport): LiveBlock[] {
  return pools.flatMap(({ blocks }) =>
    blocks.flatMap(({ at, free, payload, site }) => {
      if (free) return [];
      const colon = site?.lastIndexOf(":") ?? -1;
      const file = site === null || colon < 0 ? "unknown" : site.slice(0, colon);
      return [{ at, size: payload, file, line: colon < 0 ? 0 : Number(site?.slice(colon + 1)) }];
    }),
  );
}

/** The whole secure memory; each live heap as it stood at one moment. */
export function memoryOf(world: SecureWorld): Result<MemoryImage> {
  const survey = world.survey();
  if (!survey.ok) return survey;
  const notes = survey.value.torn.map(
    ({ table, owner }) =>
      `the heap at offset 0x${(table.pools[0]?.at ?? 0).toString(16)}${owner.kind === "core" ? " (the core's)" : ""} changed all the while: its bytes can be of two moments`,
  );
  return ok({ base: world.ram.physical, bytes: world.image, notes });
}
