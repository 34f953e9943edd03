// Tells what was seen of a heap as the events that a traced system has.
import type { DumpReport } from "../../analyze/dump/dump_report.ts";
import type { ImageHeap } from "../../analyze/dump/image.ts";
import type { HeapDone, KnownBlock, TeeEvent } from "../../tee/monitor/event.ts";
import type { BlockList } from "./block_list.ts";
import type { Sampler, Seen } from "./sampler.ts";
import { createSiteReader } from "./site_reader.ts";

/** Turns looks at one heap into events. Offsets count from its first pool. */
export interface HeapNarrator {
  /** The heap as it stands; `sequence`: number of the last event. */
  beginning(sampler: Sampler, sequence: number): TeeEvent[];
  /** The operations of one look: a request that failed, what was released, then what was allocated. */
  told(seen: Seen, next: () => number): TeeEvent[];
}

const NO_OP = { kind: "heap", heap: "core", instance: 0, pointer: 0, size: 0, arg: 0, result: 0 } as const;

export function createHeapNarrator({ m, table }: ImageHeap, { leakHeaders }: DumpReport): HeapNarrator {
  const [main, ...others] = table.pools;
  const first = main?.at ?? 0;
  const siteOf = createSiteReader(m, table.base, first, leakHeaders);

  function knownBlocks({ at, size }: BlockList): KnownBlock[] {
    return at.map((block, n) => {
      const { payload, file, line } = siteOf(block, size[n] ?? 0);
      const site = file === null ? null : `${file}:${line}`;
      return { at: payload, bytes: size[n] ?? 0, site };
    });
  }
  /** Where the payload of each block began, as a block that is gone has no header any more. */
  const payloads = new Map<number, number>();
  return {
    beginning({ blocks, state }, sequence) {
      const known = knownBlocks(blocks);
      payloads.clear();
      known.forEach(({ at }, n) => void payloads.set(blocks.at[n] ?? 0, at));
      const rest = others.reduce((sum, { length }) => sum + length, 0);
      const stats = { ...state.counters, size: state.counters.size - rest };
      const base = table.base + first;
      const added = others.map(
        ({ at, length }): HeapDone => ({
          ...NO_OP,
          sequence,
          op: "P",
          pointer: at - first,
          size: length,
          file: null,
          line: 0,
          allocated: state.allocated,
        }),
      );
      return [{ kind: "known", sequence, heap: "core", instance: 0, base, stats, blocks: known }, ...added];
    },
    told({ before, after, change, refused }, next) {
      let allocated = before.bytes;
      const events: TeeEvent[] = [];
      if (refused !== null)
        events.push({ ...NO_OP, sequence: next(), op: "M", size: refused, file: null, line: 0, allocated });
      for (const n of change.gone) {
        const block = before.at[n] ?? 0;
        const pointer = payloads.get(block) ?? 0;
        payloads.delete(block);
        allocated -= before.size[n] ?? 0;
        events.push({ ...NO_OP, sequence: next(), op: "F", pointer, file: null, line: 0, allocated });
      }
      for (const n of change.come) {
        const { payload, ...site } = siteOf(after.at[n] ?? 0, after.size[n] ?? 0);
        payloads.set(after.at[n] ?? 0, payload);
        allocated += after.size[n] ?? 0;
        events.push({ ...NO_OP, sequence: next(), op: "M", result: payload, ...site, allocated });
      }
      return events;
    },
  };
}
