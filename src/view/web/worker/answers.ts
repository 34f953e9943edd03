// How the worker answers each question.
import { ok } from "../../../base/result.ts";
import type { WorkerAnswers } from "./answering.ts";
import { linesIn } from "./console_lines.ts";
import { largestFree } from "./largest_free.ts";
import { createMemoryAnswers } from "./memory_answers.ts";
import type { Recordings } from "./recordings.ts";

export function createAnswers(recordings: Recordings): WorkerAnswers {
  return {
    ...createMemoryAnswers(recordings),
    open: ({ file, name, place }, work) => recordings.open(file, name, place, work),
    async timeline({ file, heap, from, to, parts }, { signal }) {
      const found = recordings.find(file);
      return found.ok ? ok(await found.value.timeline(heap, from, to, parts, signal)) : found;
    },
    async free({ file, count, ...range }, work) {
      const found = recordings.find(file);
      return found.ok ? largestFree(found.value, range, count, work) : found;
    },
    async console({ file, from, to, most }, { signal }) {
      const found = recordings.find(file);
      return found.ok ? ok(await linesIn(found.value, from, to, most, signal)) : found;
    },
  };
}
