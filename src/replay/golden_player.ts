// Plays a golden trace and prints its output.
import { assert } from "../base/assert.ts";
import { bget, bgetr, bgetz } from "../heap/bget.ts";
import { bpoold } from "../heap/bpoold.ts";
import { bstats } from "../heap/bstats.ts";
import { bufdump } from "../heap/bufdump.ts";
import { HeapPanic } from "../heap/panic.ts";
import type { HeapListener } from "../malloc/events.ts";
import { createFileNames, type FileNames } from "../malloc/names.ts";
import type { Release } from "../release/release.ts";
import { type Allocator, createAllocator } from "./allocator.ts";
import { churn } from "./churn.ts";
import { crc32, crcHex } from "./crc32.ts";
import type { GoldenOp, GoldenTrace } from "./golden_trace.ts";
import { freeList, isCoherent, mapLines, walkAll } from "./heap_map.ts";
import { createSlots, type Slots } from "./slots.ts";
import { type Summary, summarize } from "./summary.ts";
import type { Variant } from "./variant.ts";

/** Takes the text of a run piece by piece; every piece ends in a newline. */
export type Sink = (text: string) => void;

/** Checksums over a run, as the golden README defines them. */
interface Sums {
  out: number;
  ops: number;
  data: number;
}

interface Player {
  readonly allocator: Allocator;
  readonly slots: Slots;
  readonly variant: Variant;
  readonly sums: Sums;
  readonly sink: Sink;
  showStats: boolean;
  showData: boolean;
}

/** A run of a golden trace that can be taken in steps, so that its output can be written while it goes on. */
export interface GoldenRun {
  /** The arena as it lies in memory. */
  readonly bytes: Uint8Array;
  /** Performs up to `count` operations; false if none is left, or the heap panicked. */
  advance(count: number): boolean;
  /** Emits what comes after the last operation and returns the summary. */
  finish(): Summary;
}

/**
 * Runs a golden trace through the allocator of a variant and a release (default 4.0). `sink` gets the result lines, `== end`, the block map and the
 * free list; the summary object is returned (its line is up to the caller). See `poolProblem` for what must be right.
 */
export function playGolden(trace: GoldenTrace, variant: Variant, sink: Sink, release?: Release): Summary {
  const run = startGolden(trace, variant, sink, null, release);
  run.advance(trace.ops.length);
  return run.finish();
}

/**
 * Like `playGolden`, step by step: `advance` until it returns false, then `finish`. `listener` is notified of what the malloc layer
 * does, where the variant has one.
 */
export function startGolden(
  trace: GoldenTrace,
  variant: Variant,
  sink: Sink,
  listener: HeapListener | null = null,
  release?: Release,
): GoldenRun {
  const allocator = createAllocator(new Uint8Array(trace.arena), variant, namesOf(trace), listener, release);
  const slots = createSlots(allocator);
  const sums = { out: 0, ops: 0, data: 0 };
  const player: Player = { allocator, slots, variant, sums, sink, showStats: false, showData: true };
  let next = 0;
  let lines = 0;
  let panic: string | null = null;

  function step(op: GoldenOp): void {
    if (op.op === "opt stats") player.showStats = op.args[0] === 1;
    else if (op.op === "opt data") player.showData = op.args[0] === 1;
    else {
      lines++;
      perform(player, op);
    }
  }
  return {
    bytes: allocator.heap.memory.bytes,
    advance(count) {
      const end = Math.min(next + count, trace.ops.length);
      try {
        while (next < end) step(trace.ops[next++] as GoldenOp);
      } catch (error) {
        if (!(error instanceof HeapPanic)) throw error;
        panic = error.func;
        emit(player, `! ${panic}`);
        next = trace.ops.length;
      }
      return next < trace.ops.length;
    },
    finish() {
      sink(`== end ${lines}\n`);
      if (panic !== null) return { lines, ...hex(sums), panic };
      const walks = walkAll(allocator);
      const map = mapLines(walks)
        .map((line) => `${line}\n`)
        .join("");
      const list = freeList(allocator.heap);
      sink(map);
      sink(`list${list.map((at) => ` ${at}`).join("")}\n`);
      return {
        lines,
        ...hex(sums),
        panic,
        ...summarize(allocator, walks, map, list, (block) => slots.payloadOf(block)),
      };
    },
  };
}

/** File names get their addresses in the order of the trace, used or not. */
function namesOf(trace: GoldenTrace): FileNames {
  const names = createFileNames();
  for (const { file } of trace.ops) if (file) names.address(file);
  return names;
}

function hex(sums: Sums): { out: string; ops: string; data: string } {
  return { out: crcHex(sums.out), ops: crcHex(sums.ops), data: crcHex(sums.data) };
}

/** Performs one operation and emits its result lines. Long: one case for each operation of the trace format. */
function perform(p: Player, { op, args, file, line }: GoldenOp): void {
  const { allocator: a, slots } = p;
  const bits = a.heap.geometry.bits;
  const id = Number(args[0]);
  const size = (n: number): number | bigint => unsigned(args[n] ?? 0, bits);
  switch (op) {
    case "pool": {
      const pool = a.addPool(signed(args[0], bits), signed(args[1], bits));
      return result(p, pool ? `pool ${pool.at} ${pool.length} ${pool.table || "-"}` : "pool -");
    }
    case "m":
      return allocated(p, slots.put(id, a.malloc(size(1), file, line), size(1)));
    case "c":
      return allocated(p, slots.put(id, a.calloc(size(1), size(2), file, line), product(size(1), size(2))));
    case "a":
      return allocated(p, slots.put(id, a.memalign(size(1), size(2), file, line), size(2)));
    case "A":
      return allocated(p, slots.put(id, a.alignedAlloc(size(1), size(2), file, line), size(2)));
    case "r": {
      const moved = a.realloc(slots.live(id), size(2), file, line);
      return reallocated(p, id, Number(args[1]), moved, size(2));
    }
    case "G":
      return allocated(
        p,
        slots.put(id, bget(a.heap, signed(args[1], bits), signed(args[2], bits), signed(args[3], bits)), size(3)),
      );
    case "Z":
      return allocated(
        p,
        slots.put(id, bgetz(a.heap, signed(args[1], bits), signed(args[2], bits), signed(args[3], bits)), size(3)),
      );
    case "Y": {
      const moved = bgetr(a.heap, slots.live(id), signed(args[2], bits), signed(args[3], bits), signed(args[4], bits));
      return reallocated(p, id, Number(args[1]), moved, size(4));
    }
    case "f":
    case "w":
      a.free(slots.take(id), op === "w");
      return result(p, ".");
    case "x": {
      const last = slots.last(id);
      slots.take(id);
      a.free(last, false);
      return result(p, ".");
    }
    case "p":
      slots.poke(id, Number(args[1]), Number(args[2]));
      return result(p, ".");
    case "q":
    case "Q": {
      const from = op === "q" ? BigInt(args[0] ?? 0) : BigInt(slots.last(id)) + BigInt(args[1] ?? 0);
      const length = size(op === "q" ? 1 : 2);
      return result(p, `${a.within(from, length) ? 1 : 0} ${a.overlaps(from, length) ? 1 : 0}`);
    }
    case "s":
      return emit(p, statisticsLine(a));
    case "R":
      a.resetStats();
      return result(p, ".");
    case "v": {
      const sound = isCoherent(a.heap, walkAll(a));
      a.validate();
      return result(p, sound ? "v ok" : "v bad");
    }
    case "d":
    case "D":
      return listing(p, "d", a.leaks(op === "d"));
    case "churn": {
      const crc = churn(slots, a, args.map(Number));
      return allocated(p, `churn ${crcHex(crc)}`, crcHex(crc));
    }
    case "B":
      return listing(p, "B", p.variant.debug && p.variant.flavour === "bare" ? bufdump(a.heap, slots.last(id)) : []);
    case "P": {
      const pool = a.pools()[id];
      const shown = p.variant.debug && p.variant.flavour === "bare" && pool !== undefined;
      return listing(p, "P", shown ? bpoold(a.heap, pool.at, args[1] !== 0, args[2] !== 0) : []);
    }
    default:
      assert(false, `operation ${op} has a player`);
  }
}

/** The result line of an allocation, which also counts in `ops`. */
function allocated(p: Player, text: string, counted = text): void {
  p.sums.ops = crc32(`${counted}\n`, p.sums.ops);
  result(p, text);
}

/** The result of a move: pointer and, on success, the checksum of what was carried over. */
function reallocated(p: Player, from: number, to: number, moved: number, size: number | bigint): void {
  const text = moved === 0 ? "-" : String(moved);
  let column = "";
  if (moved !== 0 && p.showData) {
    const crc = crc32(p.allocator.heap.memory.bytes.subarray(moved, moved + Number(size)));
    column = ` ${crcHex(crc)}`;
    p.sums.data = crc32(new Uint8Array(Uint32Array.of(crc).buffer), p.sums.data);
  }
  p.slots.move(from, to, moved, size);
  p.sums.ops = crc32(`${text}\n`, p.sums.ops);
  result(p, text, column);
}

/** A result line, with the counters behind it if they are switched on. `column` is printed but not summed. */
function result(p: Player, text: string, column = ""): void {
  let tail = "\n";
  if (p.showStats) {
    const s = p.allocator.stats();
    tail = ` ; ${s.allocated} ${s.maxAllocated} ${s.failures} ${s.biggestFailure} ${s.biggestFailureUsed}\n`;
  }
  p.sums.out = crc32(text + tail, p.sums.out);
  p.sink(text + column + tail);
}

function listing(p: Player, letter: string, lines: readonly string[]): void {
  emit(p, [`${letter} ${lines.length}`, ...lines].join("\n"));
}

function emit(p: Player, text: string): void {
  p.sums.out = crc32(`${text}\n`, p.sums.out);
  p.sink(`${text}\n`);
}

function statisticsLine(a: Allocator): string {
  const s = a.stats();
  const b = bstats(a.heap);
  const walks = walkAll(a);
  const map = mapLines(walks)
    .map((line) => `${line}\n`)
    .join("");
  const list = freeList(a.heap)
    .map((at) => `${at}\n`)
    .join("");
  const blocks = walks.flatMap((walk) => walk.blocks);
  return (
    `s allocated=${s.allocated} max_allocated=${s.maxAllocated} size=${s.size} num_alloc_fail=${s.failures} ` +
    `biggest_alloc_fail=${s.biggestFailure} biggest_alloc_fail_used=${s.biggestFailureUsed} ` +
    `totfree=${b.free} maxfree=${b.largestFree} nget=${b.gets} nrel=${b.releases} ` +
    `blocks=${blocks.length} free=${blocks.filter((block) => block.free).length} ` +
    `map=${crcHex(crc32(map))} list=${crcHex(crc32(list))}`
  );
}

function unsigned(value: number | bigint, bits: number): number | bigint {
  if (typeof value === "number" && value >= 0 && value < 2 ** 32) return value;
  const wrapped = BigInt.asUintN(bits, BigInt(value));
  return wrapped <= Number.MAX_SAFE_INTEGER ? Number(wrapped) : wrapped;
}

function signed(value: number | bigint | undefined, bits: number): number {
  return Number(BigInt.asIntN(bits, BigInt(value ?? 0)));
}

function product(a: number | bigint, b: number | bigint): number | bigint {
  return BigInt(a) * BigInt(b);
}
