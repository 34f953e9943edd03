// What a session leaves behind: blocks that are lost, and such as a command adds to with each call.
import type { Finding } from "../../tee/monitor/finding.ts";
import type { ByteSpan } from "../instance/c_memory.ts";
import { without } from "../instance/space.ts";
import type { CheckedBlock, HeapBlocks } from "./heap_blocks.ts";
import { lostBlocks } from "./lost_blocks.ts";

/** Calls of a command that each leave a block of one call site behind, before that counts as growth. */
const GROWS = 8;

interface LeavingOptions {
  readonly word: 4 | 8;
  readonly buffer: ArrayBufferLike;
  readonly blocks: HeapBlocks;
  /** Where variables lie, and what is mapped. */
  readonly spans: readonly ByteSpan[];
  /** How often the session called each command. */
  readonly calls: ReadonlyMap<number, number>;
  /** The stack where a block was allocated; empty where that was a library on its own behalf. */
  readonly allocatedAt: (block: CheckedBlock) => string;
}

/** Memory without that of heaps. */
export function besidePools(spans: readonly ByteSpan[], pools: readonly ByteSpan[]): ByteSpan[] {
  return pools.reduce<ByteSpan[]>((all, pool) => all.flatMap((span) => without(span, pool)), [...spans]);
}

/** What was told of an instance. */
export interface ToldLeaks {
  /** Sessions that have ended. */
  readonly ended: Set<number>;
  /** Numbers of lost blocks. */
  readonly lost: Set<number>;
  /** Call stacks of what grows. */
  readonly growing: Set<string>;
}

/**
 * Findings at the end of a session. A block of a session that is open is not judged; one of a session that ended before is,
 * for it may have been lost since: so the end of the last session is that of the instance.
 */
export function leavings(
  session: number,
  { word, buffer, blocks, spans, calls: made, allocatedAt }: LeavingOptions,
  told: ToldLeaks,
): Finding[] {
  told.ended.add(session);
  const ended = [...blocks.live.values()].filter((block) => told.ended.has(block.session));
  if (ended.length === 0) return [];
  const roots = besidePools(spans, blocks.pools);
  const lost = new Set(lostBlocks(blocks.live.values(), { word, buffer, spans: roots }));
  const findings: Finding[] = [];
  for (const block of ended.filter((one) => lost.has(one) && !told.lost.has(one.number))) {
    told.lost.add(block.number);
    const stack = allocatedAt(block);
    if (stack !== "") findings.push(leftBlock("leak", block, stack, ""));
  }
  // What is kept is counted by command and call site: to look at stacks costs time, so only where enough calls left something.
  const kept = groupBy(
    ended.filter((one) => one.session === session && !lost.has(one) && one.entry === "invoke"),
    ({ command }) => command,
  );
  for (const [command, all] of kept) {
    if (new Set(all.map(({ call }) => call)).size < GROWS) continue;
    for (const [stack, some] of groupBy(all, allocatedAt)) {
      const calls = new Set(some.map(({ call }) => call)).size;
      // A command that keeps something now and then has its reasons.
      if (stack === "" || calls < GROWS || calls < (made.get(command) ?? 0) || told.growing.has(stack)) continue;
      told.growing.add(stack);
      const bytes = some.reduce((sum, { size }) => sum + size, 0);
      const words = `${some.length} blocks with ${bytes} bytes are left of ${calls} calls of command ${command}`;
      findings.push(leftBlock("growth", some.at(-1) as CheckedBlock, stack, words));
    }
  }
  return findings;
}

function leftBlock(kind: "leak" | "growth", { size }: CheckedBlock, allocated: string, detail: string): Finding {
  return { kind, stack: "", object: { kind: "heap", name: "", size, offset: 0, allocated }, detail };
}

/** Map.groupBy, which Node 20 lacks. */
function groupBy<T, K>(all: readonly T[], key: (one: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const one of all) {
    const of = key(one);
    const group = groups.get(of);
    if (group === undefined) groups.set(of, [one]);
    else group.push(one);
  }
  return groups;
}
