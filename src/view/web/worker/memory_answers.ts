// How the worker answers the questions about the memory of one heap.
import { addressHistory } from "../../../analyze/ranges/address_history.ts";
import { suspectsAt } from "../../../analyze/ranges/indexed_moments.ts";
import { rangeOfIndexed } from "../../../analyze/ranges/indexed_range.ts";
import { ok, type Result } from "../../../base/result.ts";
import type { IndexedRecording } from "../../../recording/indexed/indexed_recording.ts";
import type { PageWork } from "./answering.ts";
import { mapFacts } from "./map_facts.ts";
import { createMapHeaps } from "./map_heaps.ts";
import type { MemoryQuestions } from "./memory_questions.ts";
import type { Recordings } from "./recordings.ts";
import { sizeOfIndexed } from "./sizing.ts";

type MemoryAnswers = {
  readonly [K in keyof MemoryQuestions]: (
    ask: MemoryQuestions[K]["ask"],
    work: PageWork,
  ) => Promise<Result<MemoryQuestions[K]["answer"]>>;
};

/** Lives of an address that are shown. */
const MOST_LIVES = 200;

export function createMemoryAnswers(recordings: Recordings): MemoryAnswers {
  const maps = createMapHeaps();
  /** Answers from an open recording. */
  async function from<T>(file: string, answer: (recording: IndexedRecording) => Promise<T>): Promise<Result<T>> {
    const found = recordings.find(file);
    return found.ok ? ok(await answer(found.value)) : found;
  }
  return {
    held: ({ file, ...range }, work) => from(file, (recording) => rangeOfIndexed(recording, range, work)),
    suspects: ({ file, heap, moments, by }, { signal }) =>
      from(file, (recording) => suspectsAt(recording, heap, moments, by, signal)),
    map: ({ file, heap, time }, { signal }) =>
      from(file, async (recording) => {
        const { shape, cursor } = await maps.of(recording, heap);
        return mapFacts(recording, heap, time, shape, await cursor.at(time, signal));
      }),
    history: ({ file, ...query }, work) =>
      from(file, (recording) => addressHistory(recording, query, MOST_LIVES, work)),
    async sizing({ file, heap }, work) {
      const found = recordings.find(file);
      return found.ok ? sizeOfIndexed(found.value, heap, work) : found;
    },
  };
}
