// Causes that are no lack of memory, but damage to it: heaps that were written over, wild pointers, crashes of the core.
import type { Speaker } from "../../xtest/facts/row.ts";
import { voiceOf } from "../../xtest/facts/voice.ts";
import { type Evidence, factsOf, has, lines, quote, type Symptoms } from "./case.ts";
import { CORE, NO_EVIDENCE, type TriageRule } from "./rule.ts";

const BEFORE_IT =
  "Something wrote beyond the end of a block, or freed a block twice. The block that was found is mostly the victim; look at the block before it.";

export const DAMAGE_RULES: readonly TriageRule[] = [
  {
    id: "heap-smashed",
    when: (s) => lines(s, "heap-smashed"),
    sure: "certain",
    pool: "a damaged heap, not a full one",
    knobs: [],
    why: (s) => `An assertion of the allocator failed${whose(s)}. ${brokenIn(s)}`,
    next: (s) =>
      `dump the heap and run 'teemem inspect DUMP'; it names the block before the damage${whereAllocated(s)}`,
    threads: ["#5077", "#6799", "#4020", "#1522"],
  },
  {
    id: "red-zone",
    when: (s) => lines(s, "red-zone"),
    sure: "certain",
    pool: "a TA's own mistake with a block, not a full heap",
    knobs: [],
    why: () => "teemem's red zones in the TA met a write beyond a block, a write to a freed one, or a second free.",
    next: "the line names where the block was allocated and freed; 'addr2line -e TA.elf' gives the source line of the number after TA+",
    threads: [],
  },
  {
    id: "address-sanitizer",
    when: (s) => lines(s, "asan"),
    sure: "certain",
    pool: "damaged memory, not a full heap",
    knobs: [],
    why: () => "The address sanitizer met a read or a write of memory that belongs to no block, or to a freed one.",
    next: "the call stack below the line shows the code that did it; give tee.elf with --elf for its lines",
    threads: [],
  },
  {
    id: "core-heap-smashed",
    when: (s) =>
      (has(s, "core-abort")
        ? [...lines(s, "core-abort").slice(0, 1), ...lines(s, "allocator-frame")]
        : NO_EVIDENCE
      ).slice(0, has(s, "allocator-frame") ? 3 : 0),
    sure: "likely",
    pool: `${CORE}, damaged, not full`,
    knobs: [],
    why: () => `The core aborted inside of its allocator, on a link of the list of free blocks. ${BEFORE_IT}`,
    next: "build with CFG_TEE_CORE_MALLOC_DEBUG=y, which finds it earlier; or dump the heap and run 'teemem inspect DUMP'",
    threads: [],
  },
  {
    id: "use-after-free",
    when: wiped,
    sure: "possible",
    pool: "memory that was freed and used again",
    knobs: [],
    why: () =>
      "The address is made of bytes 0x55. With malloc debug the allocator fills freed memory with them, and free_wipe does so always: somebody used a pointer out of a freed block.",
    next: "the call stack shows the code that used it; look for who frees that structure",
    threads: [],
  },
  {
    id: "stack-smashed",
    when: (s) => lines(s, "stack-smashed"),
    sure: "certain",
    pool: "a buffer on the stack, written beyond its end",
    knobs: [],
    why: () =>
      "The guard word of a function's stack frame was overwritten. The stack is not too small, a write was too long.",
    next: "the call stack shows the function; look at its local arrays",
    threads: [],
  },
  {
    id: "core-abort",
    when: (s) => (has(s, "allocator-frame") ? NO_EVIDENCE : lines(s, "core-abort")),
    sure: "likely",
    pool: "the core itself: it crashed",
    knobs: [],
    why: () =>
      "The core used an address that is not mapped. That is a bug, or damage by an earlier write; a full heap shows so only where the result of an allocation is not checked (an address near 0).",
    next: "give tee.elf with --elf: the call stack then has names and lines",
    threads: [],
  },
];

/** ` in a TA`, ` in the core`: who printed the assertion. */
function whose(s: Symptoms): string {
  const speaker = speakerIn(s);
  return speaker === "ta" ? " in a TA" : speaker === "core" ? " in the core" : "";
}

/** Assertions of leak headers, which are there with malloc debug alone, and what each says. */
const LEAK_HEADER_TEXTS: Readonly<Record<string, string>> = {
  MDBG_FOOTER_MAGIC:
    "The word behind a block was overwritten: somebody wrote beyond the end of that block, the one that was being freed, reallocated or checked.",
  MDBG_HEADER_MAGIC:
    "The word in front of a block that was given back is not that of a live block: it was freed before, did not come from malloc, or a write beyond the block before it reached it.",
};

function brokenIn(s: Symptoms): string {
  const [{ text = "" } = {}] = factsOf(s, "heap-smashed");
  return Object.entries(LEAK_HEADER_TEXTS).find(([word]) => text.includes(word))?.[1] ?? BEFORE_IT;
}

/** What makes the file and line of blocks known: the option of whose heap it is; what only malloc debug prints shows that it is on. */
function whereAllocated(s: Symptoms): string {
  const [{ text = "" } = {}] = factsOf(s, "heap-smashed");
  if (/mdbg/i.test(text)) return ", and where it was allocated, as this build has leak headers";
  const speaker = speakerIn(s);
  if (speaker === "core") return ", and with CFG_TEE_CORE_MALLOC_DEBUG=y its file and line";
  if (speaker === "ta") return ", and with CFG_TEE_TA_MALLOC_DEBUG=y its file and line";
  return ", and its file and line with CFG_TEE_CORE_MALLOC_DEBUG=y (core) or CFG_TEE_TA_MALLOC_DEBUG=y (TAs)";
}

function speakerIn(s: Symptoms): Speaker | undefined {
  const [fact] = factsOf(s, "heap-smashed");
  return fact === undefined ? undefined : voiceOf(fact.text)?.speaker;
}

/** Aborts at addresses made of the pattern of freed memory, a little above or below it. */
function wiped(s: Symptoms): Evidence {
  return factsOf(s, "core-abort", "ta-abort")
    .filter(({ groups: [, address = ""] }) => /^5{6}[\da-f]{2}$|^5{12}[\da-f]{4}$/.test(address))
    .map(quote);
}
