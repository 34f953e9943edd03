// Sizes the pool of a heap as `teemem size` does, one replay after the other, with a look at the page between them.
import { traceOfIndexed } from "../../../analyze/ranges/indexed_trace.ts";
import { type HeapRunner, type HeapSize, heapSize } from "../../../analyze/size/heap_size.ts";
import { planTrials, tryPool } from "../../../analyze/size/pool_trial.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import type { PageWork } from "./answering.ts";

/** How far above an answer every size is tried, in quanta: as `teemem size`. */
const WINDOW = 32;
/** How many replays it takes shows only at the end; more than so many are rare. */
const EXPECTED = 800;
/** Share of the progress that reading takes. */
const READING = 0.1;

export async function sizeOfIndexed(
  recording: IndexedRecording,
  heap: number,
  { signal, progress }: PageWork,
): Promise<Result<HeapSize>> {
  const trace = await traceOfIndexed(recording, heap, { signal, progress: (part) => progress(READING * part) });
  if (!trace.ok) return trace;
  const plan = planTrials(trace.value);
  let done = 0;
  const run: HeapRunner = async (one, brief, asks) => {
    const outcomes = [];
    for (const { pool, until } of asks) {
      await nextTurn();
      signal.throwIfAborted();
      outcomes.push(tryPool(trace.value, plan, one, { pool, until, brief }));
      done++;
      progress(READING + (1 - READING) * (done / (done + Math.max(10, EXPECTED - done))));
    }
    return outcomes;
  };
  return ok(await heapSize(trace.value, plan, run, { tests: false, variants: false, window: WINDOW }));
}

/** Lets messages of the page in, such as that nobody waits any more. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
