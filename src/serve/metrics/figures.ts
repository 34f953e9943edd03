// The table of metrics: what is told of each heap and each system, for every form of output.
import { fragmentation } from "../../abi/fragmentation.ts";
import type { HeapState, SystemState } from "../../live/state/state.ts";

/** What a figure is: one that goes up and down, or one that only grows until the system starts anew. */
type FigureKind = "gauge" | "counter";

/** One figure of a heap or of a system. */
export interface Figure<T> {
  /** Words below a prefix, without a unit: `heap`, `allocated`. */
  readonly words: readonly string[];
  readonly kind: FigureKind;
  /** Unit as UCUM has it; `1` for a plain number. */
  readonly unit: "By" | "s" | "1";
  readonly help: string;
  /** null where it is not known: then there is no sample. */
  readonly value: (of: T) => number | null;
}

/** Figures of a heap, of pools and of TAs alike. */
export const HEAP_FIGURES: readonly Figure<HeapState>[] = [
  bytes("size", "Bytes of all its pools", ({ size }) => size),
  bytes("allocated", "Bytes in use, block headers included", ({ allocated }) => allocated),
  bytes("max_allocated", "Most bytes in use since the last reset of the statistics", ({ max }) => max),
  {
    words: ["failed", "requests"],
    kind: "counter",
    unit: "1",
    help: "Requests that failed since the last reset of the statistics",
    value: ({ failures }) => failures,
  },
  bytes("biggest_failed_request", "Bytes of the largest request that failed", ({ biggestFailure }) => biggestFailure),
  bytes("allocated_at_biggest_failure", "Bytes in use when it failed", ({ biggestFailureUsed }) => biggestFailureUsed),
  {
    words: ["fragmentation"],
    kind: "gauge",
    unit: "1",
    help: "How scattered the free bytes are, from 0 (one free block) to 1; since OP-TEE 4.6",
    value: scattered,
  },
];

/** Figures that a TA has beside those of its heap. */
export const TA_FIGURES: readonly Figure<HeapState>[] = [
  { words: ["sessions"], kind: "gauge", unit: "1", help: "Open sessions of the TA", value: ({ sessions }) => sessions },
  {
    words: ["panicked"],
    kind: "gauge",
    unit: "1",
    help: "1 if the TA panicked",
    value: ({ panicked }) => (panicked ? 1 : 0),
  },
];

/** Figures of a system that is watched. */
export const SYSTEM_FIGURES: readonly Figure<SystemState>[] = [
  {
    words: ["up"],
    kind: "gauge",
    unit: "1",
    help: "1 if the source answers, 0 if it is silent, lost or not open yet",
    value: (system) => (isKnown(system) ? 1 : 0),
  },
  {
    words: ["answers"],
    kind: "counter",
    unit: "1",
    help: "Answers of the source so far",
    value: ({ samples }) => samples,
  },
  {
    words: ["last_answer_timestamp"],
    kind: "gauge",
    unit: "s",
    help: "When the last answer came, in seconds since 1970",
    value: ({ sampled, epoch }) => (sampled === null ? null : (epoch + sampled) / 1000),
  },
];

/** Whether the figures of a system's heaps are those of now: of a lost board there are none, so that graphs end. */
function isKnown({ state }: SystemState): boolean {
  return state === "live" || state === "ended";
}

/** The heaps of a system whose figures are known now. */
export function knownHeaps(system: SystemState, kind: HeapState["kind"]): HeapState[] {
  return isKnown(system) ? system.heaps.filter((heap) => heap.kind === kind && !heap.gone) : [];
}

/** Which of several instances of a TA a heap belongs to; it stands at the end of the key. */
export function instanceOf({ key }: HeapState): string {
  return key.slice(key.lastIndexOf("#") + 1);
}

function bytes(word: string, help: string, value: (heap: HeapState) => number | null): Figure<HeapState> {
  return { words: word.split(" "), kind: "gauge", unit: "By", help, value };
}

function scattered({ size, allocated, free2Sum }: HeapState): number | null {
  if (size === null || allocated === null || free2Sum === null) return null;
  return fragmentation({ size, allocated, free2Sum: BigInt(Math.round(free2Sum)) }) ?? null;
}
