// Says whose heap it is in a dump, and what its allocator has counted.
import type { AllocatorState } from "../../analyze/dump/allocator_state.ts";
import type { HeapOwner } from "../../analyze/dump/owner.ts";
import { counted, grouped } from "../../base/format.ts";
import { own, type Printable, printable, shown } from "../../base/printable.ts";

/** How the head line of a page goes on; nothing where the bytes do not tell. */
export function ownerText({ kind, uuid, scratch }: HeapOwner): Printable {
  if (kind === "unknown") return scratch ? own(", a scratch pool for big numbers") : own("");
  const whose = {
    core: own("the core"),
    ta: shown`the TA ${printable(uuid)}`,
    loader: shown`the loader of the TA ${printable(uuid)}`,
  }[kind];
  return shown`, ${scratch ? "the scratch pool for big numbers of" : "of"} ${whose}`;
}

/** The counters, in a line; none where the build counts nothing. */
export function countersText(
  { counters, gets, releases, lock }: AllocatorState,
  { kind, scratch }: HeapOwner,
): Printable[] {
  if (counters.size === 0) return [];
  const { allocated, maxAllocated, failures } = counters;
  return [
    shown`Its counters: ${grouped(allocated)} bytes in use, ${grouped(maxAllocated)} at the peak, ${grouped(failures)} failed; ${counted(gets, "block")} given out, ${grouped(releases)} given back${own(lock !== 0 && kind === "core" && !scratch ? "; its lock was held: an operation was under way" : "")}`,
  ];
}
