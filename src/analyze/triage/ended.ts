// TAs that ended for another reason than memory: said, so that nobody looks for a heap.

import { shippedTa } from "../shipped_tas.ts";
import { has, lines } from "./case.ts";
import { aborts, panics } from "./ended_tas.ts";
import { NO_EVIDENCE, OWN, type TriageRule } from "./rule.ts";

const SMALL = 4096;

export const ENDED_RULES: readonly TriageRule[] = [
  {
    id: "parameter-refused",
    when: (s) => lines(s, "parameter-refused"),
    sure: "likely",
    pool: "not memory: a parameter that the TEE API rejected",
    knobs: [],
    why: () =>
      "The library checks the addresses that a TA passes to the TEE API, and panics the TA where one is not its own. In 3.21 the check also rejects a buffer that ends where the TA heap begins (#6127).",
    next: "look at the buffer in brackets in the call; with 3.21 update to a later release",
    threads: ["#6122"],
  },
  {
    id: "shipped-panic",
    when: (s) =>
      panics(s).flatMap(({ uuid, text }) => {
        const name = shippedTa(uuid)?.name;
        return name === undefined ? [] : [`${text} (the ${name})`];
      }),
    sure: "possible",
    pool: OWN,
    knobs: (s) =>
      panics(s)
        .flatMap(({ uuid }) => shippedTa(uuid)?.knob ?? [])
        .slice(0, 1),
    why: () =>
      "A TA that OP-TEE ships panicked. Its code is known to work, so a full TA heap is a candidate: an error on the way out of a failed allocation ends in a panic, too.",
    next: (s) =>
      `${panics(s).flatMap(({ uuid }) => shippedTa(uuid)?.place ?? [])[0] ?? ""}, and see whether it goes away`,
    threads: ["#5022", "#5035"],
  },
  {
    id: "ta-panicked",
    when: (s) =>
      has(s, "heap-smashed", "mempool-misused", "parameter-refused", "mempool-full", "stack-smashed", "asan")
        ? NO_EVIDENCE
        : panics(s)
            .filter(({ uuid }) => shippedTa(uuid) === undefined)
            .map(({ text }) => text)
            .slice(0, 3),
    sure: "likely",
    pool: "not memory: the TA's own panic",
    knobs: [],
    why: () =>
      "The TA, or a TEE function that it called with a wrong argument, ended it with this code. It is not the code of a failed allocation.",
    next: "give the .elf of the TA's build with --ta-elf: the call stack of the log then names the caller",
    threads: [],
  },
  {
    id: "ta-aborted",
    when: (s) =>
      aborts(s)
        .flatMap(({ kind, address, text }) => (kind !== "data" || address >= SMALL ? [text] : []))
        .slice(0, 3),
    sure: "possible",
    pool: "not memory: a wrong address in the TA",
    knobs: [],
    why: () =>
      "The TA used an address that is not its own: a pointer that was never set, was overwritten or points beyond its buffer.",
    next: "give the .elf of the TA's build with --ta-elf: the call stack of the log then names the line",
    threads: [],
  },
];
