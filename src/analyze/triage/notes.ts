// What is said beside the answers: what was left out on purpose, and what would tell more.

import { ORIGIN, originName } from "../../abi/ids.ts";
import { uuidText } from "../../abi/uuid.ts";
import { grouped } from "../../base/format.ts";
import { SELF_TEST_BYTES } from "../../release/self_test.ts";
import { isSelfTestLargest, SELF_TEST } from "../self_test.ts";
import { coreHeap, factsOf, type Symptoms } from "./case.ts";
import { changeNotes } from "./growth.ts";
import { isOutOfMemory, originless } from "./origins.ts";

/** Sentences beside the answers. */
export function notesOn(symptoms: Symptoms): string[] {
  return [
    ...passed(symptoms),
    ...changeNotes(symptoms),
    ...askOrigin(symptoms),
    ...zeros(symptoms),
    ...selfTest(symptoms),
  ];
}

/** Tests take a refused request as an answer. */
function passed(symptoms: Symptoms): string[] {
  const [oom] = factsOf(symptoms, "core-oom");
  if (symptoms.passed === undefined || oom === undefined) return [];
  return [
    `Left out: a failed request on the core heap (line ${oom.line}). xtest says that no test failed (${symptoms.passed} ran), so a test made it and went on.`,
  ];
}

/** Of out of memory the origin tells half: it is asked for. */
function askOrigin(symptoms: Symptoms): string[] {
  const { origin, call } = symptoms;
  if (!isOutOfMemory(symptoms) || origin !== undefined || originless(call)) return [];
  const names = Object.values(ORIGIN).map((one) => `${one} ${originName(one)}`);
  return [
    `The origin of this code is not known; it decides between these. The client gets it with the code (returnOrigin, err_orig): give it with --origin, ${names.join(", ")}.`,
  ];
}

/** Where a failure is looked for, zeros are no cause; but they clear no heap either. */
function zeros({ tas = [], code, asksZeros }: Symptoms): string[] {
  const all = tas.filter(({ heap, sessions }) => heap.size === 0 && (code !== undefined || sessions === 0));
  const silent = all.map(({ uuid }) => uuidText(uuid));
  if (silent.length === 0) return [];
  // Where nothing failed, one TA that no session is open with is no news.
  if (code === undefined && (asksZeros !== false || silent.length < tas.length)) return [];
  if (all.every(({ sessions }) => sessions === 0))
    return [
      `No session is open with ${silent.slice(0, 3).join(", ")}, so its statistics are zeros. They say nothing about its heap.`,
    ];
  return [
    `The statistics of ${silent.slice(0, 3).join(", ")} are zeros: the TA was not asked, or did not answer. They say nothing about its heap.`,
  ];
}

function selfTest(symptoms: Symptoms): string[] {
  const printed = factsOf(symptoms, "self-test-oom").map(({ line }) => line);
  const heap = coreHeap(symptoms);
  const inCounters = heap !== undefined && isSelfTestLargest(heap, heap.name);
  const where = [
    ...(printed.length > 0 ? [`line ${printed.slice(0, 3).join(", ")}`] : []),
    ...(inCounters ? ['the counters of pool "Heap"'] : []),
  ];
  if (where.length === 0) return [];
  return [
    `Left out: a failed request for ${grouped(SELF_TEST_BYTES)} bytes (${where.join("; ")}). ${SELF_TEST} makes it on purpose.`,
  ];
}
