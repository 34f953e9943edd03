// What the secure console says of a failure.
import { TEE } from "../../abi/errors.ts";
import { belowStack } from "../../xtest/ta_dump.ts";
import { factsOf, heapRefusedNothing, lines } from "./case.ts";
import { CORE, NO_EVIDENCE, OOM_TRACE, OWN, RAM, SHM, STATS, type TriageRule } from "./rule.ts";

const SMALL = 4096;

export const CONSOLE_RULES: readonly TriageRule[] = [
  {
    id: "core-heap-printed",
    when: (s) => {
      // The allocator test of regression_1001 asks for 256 MiB on purpose.
      const sizes = factsOf(s, "core-oom").filter(({ groups }) => Number(groups[0]) < 2 ** 28);
      return sizes.slice(0, 3).map(({ line, text }) => `line ${line}: ${text}`);
    },
    sure: "certain",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The core printed that an allocation on its own heap failed. A trusted application's TA_DATA_SIZE and TZDRAM have no part in it.",
    next: "record a run and let 'teemem size' say how much it takes; in the call stack below the line stands who asked",
    threads: ["test#580", "test#563"],
  },
  {
    id: "page-tables",
    when: (s) => lines(s, "page-tables"),
    sure: "certain",
    pool: "the translation tables for trusted applications",
    knobs: ["CFG_PGT_CACHE_ENTRIES", "CFG_CORE_PREALLOC_EL0_TBLS", "CFG_NUM_THREADS"],
    why: () =>
      "The application, or the buffers it was given, need more page tables than the core has. No heap is too small. Before 4.3 their number follows from CFG_NUM_THREADS.",
    next: "set CFG_PGT_CACHE_ENTRIES higher (4.3 and later), or CFG_CORE_PREALLOC_EL0_TBLS=y without pager",
    threads: ["#5928", "#6841", "#4128", "#6908"],
  },
  {
    id: "xlat-tables",
    when: (s) => lines(s, "xlat-tables"),
    sure: "certain",
    pool: "the core's own translation tables",
    knobs: ["MAX_XLAT_TABLES"],
    why: () =>
      "Mapping memory into the core, mostly a large shared buffer or a large application image, took the last table. No heap is too small.",
    next: "pass smaller buffers, or raise MAX_XLAT_TABLES of the platform (core_mmu_lpae.c)",
    threads: ["#6393", "#3339", "#6847", "#2845"],
  },
  {
    id: "pager-memory",
    when: (s) => lines(s, "pager-memory"),
    sure: "certain",
    pool: "the memory left for the pager",
    knobs: ["CFG_CORE_HEAP_SIZE", "CFG_TZSRAM_SIZE"],
    why: () =>
      "With the pager the heap is resident in a small secure RAM: what the heap gets, the pages lose. The heap was set too large here, not too small.",
    next: "set CFG_CORE_HEAP_SIZE lower again, step by step; 'teemem size' says what it must have",
    threads: ["#5575", "#6814"],
  },
  {
    id: "heap-smashed",
    when: (s) => lines(s, "heap-smashed"),
    sure: "certain",
    pool: "a heap that was written over, not one that is full",
    knobs: [],
    why: () =>
      "An assertion of the allocator failed: something wrote beyond the end of a block, or freed one twice. The block that was found is mostly the victim; look at the one before it.",
    next: "dump the heap and run 'teemem inspect'; it names the block before the damage, and with CFG_TEE_TA_MALLOC_DEBUG=y its file and line",
    threads: ["#5077", "#6799", "#4020", "#1522"],
  },
  {
    id: "stack-below",
    when: ({ console }) =>
      (console?.dumps ?? []).flatMap((dump) => {
        const below = belowStack(dump);
        return below === undefined
          ? []
          : [`line ${dump.line}: the abort was ${below} bytes below the stack of ${dump.uuid}`];
      }),
    sure: "likely",
    pool: "the application's stack",
    knobs: ["TA_STACK_SIZE"],
    why: () => "The address that could not be written lies right below the stack: it overflowed. No heap is too small.",
    next: "double TA_STACK_SIZE in user_ta_header_defines.h (it is rounded up to pages), and move large local arrays to the heap",
    threads: ["#1274", "#4870", "test#343"],
  },
  {
    id: "core-stack",
    when: (s) => lines(s, "stack-overflow"),
    sure: "certain",
    pool: "a stack of the core",
    knobs: ["CFG_STACK_THREAD_EXTRA", "CFG_STACK_TMP_EXTRA"],
    why: () => "The core found a stack pointer outside of its stack, or a canary overwritten.",
    next: "raise CFG_STACK_THREAD_EXTRA (or CFG_STACK_TMP_EXTRA during boot)",
    threads: ["#3998"],
  },
  {
    id: "panic-out-of-memory",
    when: ({ console }) =>
      (console?.dumps ?? []).flatMap(({ panic, line, uuid }) =>
        panic === TEE.OUT_OF_MEMORY ? [`line ${line}: ${uuid} panicked with TEE_ERROR_OUT_OF_MEMORY`] : [],
      ),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () => "A function of the TEE API panicked the application because the core could not give it memory.",
    next: OOM_TRACE,
    threads: ["#4208"],
  },
  {
    id: "null-pointer",
    when: ({ console }) =>
      (console?.dumps ?? []).flatMap(({ abort, line, uuid }) =>
        abort !== undefined && abort.kind === "data" && abort.address < SMALL
          ? [`line ${line}: ${uuid} used address 0x${abort.address.toString(16)}`]
          : [],
      ),
    sure: "possible",
    pool: OWN,
    knobs: ["TA_DATA_SIZE"],
    why: () => "The application used a null pointer. Often that is the result of TEE_Malloc, not looked at.",
    next: "check the result of every allocation; with CFG_TA_STATS=y the failed ones are counted",
    threads: ["#4393"],
  },
  {
    id: "core-object-printed",
    when: (s) =>
      heapRefusedNothing(s) || !(s.code === TEE.OUT_OF_MEMORY || s.code === undefined)
        ? NO_EVIDENCE
        : lines(s, "core-object"),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The TEE functions for keys, operations and objects are calls into the core: their memory is the core's heap, not the application's. TA_DATA_SIZE, TA_STACK_SIZE and TZDRAM do not change it.",
    next: `${STATS}; or ${OOM_TRACE}`,
    threads: ["#6596", "#6124"],
  },
  {
    id: "storage-buffer",
    when: (s) => lines(s, "storage-buffer"),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "Secure storage found no buffer for a block of a file on the core's heap. If it only comes after many runs, something leaks.",
    next: "compare two leak lists with 'teemem leaks before.log after.log'",
    threads: ["#560", "#4326"],
  },
  {
    id: "rpmb-full",
    when: (s) => lines(s, "rpmb-full"),
    sure: "certain",
    pool: "the RPMB partition",
    knobs: ["CFG_RPMB_RESET_FAT"],
    why: () => "The RPMB file system has no room. Old releases (before 3.12) return TEE_ERROR_OUT_OF_MEMORY for it.",
    next: "delete objects; CFG_RPMB_RESET_FAT=y for one boot clears all of it, on a board you can afford to",
    threads: ["#4242", "client#322"],
  },
  {
    id: "load-step-map",
    when: (s) => {
      const steps = factsOf(s, "load-step").filter(({ groups }) => /map|remap/.test(groups[0] ?? ""));
      if (steps.length === 0 || factsOf(s, "page-tables").length > 0) return NO_EVIDENCE;
      return steps.slice(0, 2).map(({ line, text }) => `line ${line}: ${text}`);
    },
    sure: "likely",
    pool: `${RAM}, or ${CORE} for its description`,
    knobs: ["CFG_TZDRAM_SIZE", "CFG_CORE_HEAP_SIZE", "TA_DATA_SIZE"],
    why: () =>
      "The loader could not map a segment of the application. Its pages come from TZDRAM; each mapping also takes a few blocks of the core's heap. Applications that are large, or many at once, do that.",
    next: `${STATS}; then smaller TA_DATA_SIZE and TA_STACK_SIZE, or more TZDRAM`,
    threads: ["#4171", "#6841", "#5943"],
  },
  {
    id: "load-step-open",
    when: (s) =>
      factsOf(s, "load-step")
        .filter(({ groups }) => /open/.test(groups[0] ?? ""))
        .slice(0, 2)
        .map(({ line, text }) => `line ${line}: ${text}`),
    sure: "possible",
    pool: `${SHM}, or ${CORE}`,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The loader could not open the application's file. The core reads it through shared memory of the file's size, which tee-supplicant allocates.",
    next: "set CFG_TEE_CORE_LOG_LEVEL=3 and look at the lines before it; check that tee-supplicant runs",
    threads: ["test#609"],
  },
  {
    id: "ta-image",
    when: (s) => lines(s, "decompress"),
    sure: "certain",
    pool: "no memory: the application's file",
    knobs: [],
    why: () =>
      "The file of an early application could not be decompressed. It is damaged, or was built for another release.",
    next: "build the application and OP-TEE again",
    threads: ["#5469"],
  },
];
