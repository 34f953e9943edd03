// The core's heap of a running machine as events: sampled as fast as it goes, with what was missed between two looks.
import { setImmediate, setTimeout } from "node:timers/promises";
import { reportImageHeap } from "../../analyze/dump/image.ts";
import { pushed } from "../event_queue.ts";
import type { HeapEvent } from "../source.ts";
import { createHeapNarrator, type HeapNarrator } from "./narrator.ts";
import { createSampler, type Sampler, type Seen } from "./sampler.ts";
import type { SecureWorld } from "./secure_world.ts";

/** Milliseconds of looks in a row, then others have their turn. */
const TURN_MS = 5;
/** Milliseconds between two searches for a heap that is not there. */
const SEARCH_MS = 200;

/** Events from now on, until the machine is gone or nobody listens. `clock`: milliseconds. */
export function heapEvents(world: SecureWorld, clock: () => number): AsyncIterable<HeapEvent> {
  return pushed((push, end) => {
    let stopped = false;
    const stop = (): void => {
      stopped = true;
    };
    void run(world, clock, push, () => stopped).finally(end);
    return stop;
  });
}

async function run(
  world: SecureWorld,
  clock: () => number,
  push: (event: HeapEvent) => void,
  isOver: () => boolean,
): Promise<void> {
  let sequence = 0;
  while (!isOver() && world.isThere()) {
    const begun = begin(world);
    if (begun === null) {
      await setTimeout(SEARCH_MS);
      continue;
    }
    const [sampler, narrator] = begun;
    const tell = (event: HeapEvent["event"]): void => push({ time: clock(), event });
    for (const event of narrator.beginning(sampler, sequence)) tell(event);
    for (let state: TurnEnd = "same"; state === "same" && !isOver(); await setImmediate()) {
      state = turn(sampler, (seen) => {
        for (const event of narrator.told(seen, () => ++sequence)) tell(event);
        if (seen.missed > 0) tell({ kind: "lost", count: seen.missed });
      });
      if (state === "gone") return;
    }
  }
}

type TurnEnd = "same" | "other" | "gone";

/** Waits for a heap that rests. */
function begin(world: SecureWorld): readonly [Sampler, HeapNarrator] | null {
  const core = world.core();
  if (!core.ok || !core.value.reader.take(world.image)) return null;
  const report = reportImageHeap(core.value.heap, {});
  const sampler = createSampler(core.value, world.image, report.leakHeaders);
  return sampler === null ? null : [sampler, createHeapNarrator(core.value.heap, report)];
}

/** Looks for a while. */
function turn(sampler: Sampler, onSeen: (seen: Seen) => void): TurnEnd {
  for (const end = performance.now() + TURN_MS; performance.now() < end; ) {
    for (let n = 0; n < LOOKS; n++) {
      const look = sampler.look();
      if (look === "gone" || look === "other") return look;
      if (look !== "same") onSeen(look);
    }
  }
  return "same";
}

const LOOKS = 16;
