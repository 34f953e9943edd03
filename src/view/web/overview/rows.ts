// The rows of the overview: systems and their heaps, filtered and sorted.
import type { HeapState, SystemState } from "../../../live/state/state.ts";

export const SORTS = ["given", "name", "fullest", "growth", "failures"] as const;
export type Sort = (typeof SORTS)[number];

interface Wanted {
  readonly sort: Sort;
  /** Words that a name must contain, in any case. */
  readonly filter: string;
  /** Only systems that do not answer, have alarms, refused requests or panicked TAs. */
  readonly trouble: boolean;
  /** Whether the heaps of a system are shown. */
  readonly open: (system: SystemState) => boolean;
}

export type OverviewRow =
  | { readonly kind: "system"; readonly system: SystemState; readonly open: boolean }
  | { readonly kind: "heap"; readonly system: SystemState; readonly heap: HeapState };

export function overviewRows(systems: readonly SystemState[], { sort, filter, trouble, open }: Wanted): OverviewRow[] {
  const words = filter.toLowerCase().split(" ").filter(Boolean);
  const chosen = systems.flatMap((system): Group[] => {
    if (trouble && !inTrouble(system)) return [];
    const heaps = system.heaps.filter((heap) => matches(words, `${system.name} ${heap.name} ${heap.uuid ?? ""}`));
    return heaps.length > 0 || matches(words, system.name) ? [{ system, heaps: sortedBy(heaps, HEAP_KEYS[sort]) }] : [];
  });
  return sortedBy(chosen, GROUP_KEYS[sort]).flatMap(({ system, heaps }): OverviewRow[] => {
    const shown = open(system) || words.length > 0;
    const below = shown ? heaps.map((heap): OverviewRow => ({ kind: "heap", system, heap })) : [];
    return [{ kind: "system", system, open: shown }, ...below];
  });
}

/** The pool or TA that is nearest to its size; null where none is known. */
export function fullest(system: SystemState): HeapState | null {
  let most: HeapState | null = null;
  for (const heap of system.heaps)
    if (!heap.gone && fullness(heap) >= 0 && (most === null || fullness(heap) > fullness(most))) most = heap;
  return most;
}

export function inTrouble(system: SystemState): boolean {
  if (system.alarms.length > 0 || system.state === "silent" || system.state === "lost") return true;
  return system.heaps.some((heap) => heap.panicked || (heap.failures ?? 0) > 0);
}

/** The share in use, -1 where it is not known: what is not known comes last. */
function fullness({ allocated, size }: HeapState): number {
  return allocated === null || size === null || size === 0 ? -1 : allocated / size;
}

function matches(words: readonly string[], name: string): boolean {
  const text = name.toLowerCase();
  return words.every((word) => text.includes(word));
}

interface Group {
  readonly system: SystemState;
  readonly heaps: readonly HeapState[];
}

type Keys<T> = Readonly<Record<Sort, ((one: T) => number | string) | null>>;

const HEAP_KEYS: Keys<HeapState> = {
  given: null,
  name: ({ name }) => name.toLowerCase(),
  fullest: (heap) => -fullness(heap),
  growth: ({ growth }) => -(growth ?? Number.NEGATIVE_INFINITY),
  failures: ({ failures }) => -(failures ?? -1),
};

/** A system stands where its first heap does. */
const GROUP_KEYS: Keys<Group> = {
  given: null,
  name: ({ system }) => system.name.toLowerCase(),
  fullest: ({ heaps }) => firstOf(heaps, HEAP_KEYS.fullest),
  growth: ({ heaps }) => firstOf(heaps, HEAP_KEYS.growth),
  failures: ({ heaps }) => firstOf(heaps, HEAP_KEYS.failures),
};

function firstOf(heaps: readonly HeapState[], key: Keys<HeapState>[Sort]): number | string {
  return heaps[0] === undefined || key === null ? Number.POSITIVE_INFINITY : key(heaps[0]);
}

/** Ascending; equal ones stay as they were. */
function sortedBy<T>(all: readonly T[], key: ((one: T) => number | string) | null): readonly T[] {
  if (key === null) return all;
  const keyed = all.map((one) => ({ one, by: key(one) }));
  return keyed.sort((a, b) => (a.by < b.by ? -1 : a.by > b.by ? 1 : 0)).map(({ one }) => one);
}
