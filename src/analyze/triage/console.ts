// Causes of a failure, from the log of the secure console.
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
      "The core printed that an allocation on its own heap failed. TA_DATA_SIZE and TZDRAM have no part in it.",
    next: "record a run and let 'teemem size' find the size; the call stack below the line shows the caller",
    threads: ["test#580", "test#563"],
  },
  {
    id: "page-tables",
    when: (s) => lines(s, "page-tables"),
    sure: "certain",
    pool: "the translation tables for TAs",
    knobs: ["CFG_PGT_CACHE_ENTRIES", "CFG_CORE_PREALLOC_EL0_TBLS", "CFG_NUM_THREADS"],
    why: () =>
      "The TA and its buffers need more page tables than the core has. No heap is too small. Before 4.3, CFG_NUM_THREADS sets their number.",
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
      "Mapping memory into the core took the last table, mostly for a large shared buffer or a large TA image. No heap is too small.",
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
      "With the pager, the heap and the pages share a small secure RAM. The heap was set too large here, not too small.",
    next: "lower CFG_CORE_HEAP_SIZE again, step by step; 'teemem size' finds the smallest value",
    threads: ["#5575", "#6814"],
  },
  {
    id: "heap-smashed",
    when: (s) => lines(s, "heap-smashed"),
    sure: "certain",
    pool: "a damaged heap, not a full one",
    knobs: [],
    why: () =>
      "An assertion of the allocator failed: something wrote beyond the end of a block, or freed a block twice. The block that was found is mostly the victim; look at the block before it.",
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
    pool: "the TA's stack",
    knobs: ["TA_STACK_SIZE"],
    why: () => "The stack overflowed: the address that could not be written lies right below it. No heap is too small.",
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
    why: () => "A function of the TEE API panicked the TA because an allocation failed in the core.",
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
    why: () => "The TA used a null pointer. Often that is the unchecked result of a failed TEE_Malloc.",
    next: "check the result of every allocation; CFG_TA_STATS=y counts failed allocations",
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
      "The TEE functions for keys, operations and objects are calls into the core: they allocate on the core heap, not on the TA heap. TA_DATA_SIZE, TA_STACK_SIZE and TZDRAM do not change it.",
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
      "Secure storage could not allocate a buffer for a file block on the core heap. If it fails only after many runs, something leaks.",
    next: "compare two leak lists with 'teemem leaks before.log after.log'",
    threads: ["#560", "#4326"],
  },
  {
    id: "rpmb-full",
    when: (s) => lines(s, "rpmb-full"),
    sure: "certain",
    pool: "the RPMB partition",
    knobs: ["CFG_RPMB_RESET_FAT"],
    why: () => "The RPMB file system is full. Releases before 3.12 return TEE_ERROR_OUT_OF_MEMORY for this.",
    next: "delete objects; on a test board, one boot with CFG_RPMB_RESET_FAT=y clears the file system",
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
      "The loader could not map a segment of the TA. Its pages come from TZDRAM; each mapping also takes a few blocks of the core heap. Large TAs, or many at once, use both up.",
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
      "The loader could not open the TA's file. The core reads the file through shared memory of the same size, which tee-supplicant allocates.",
    next: "set CFG_TEE_CORE_LOG_LEVEL=3 and look at the lines before it; check that tee-supplicant runs",
    threads: ["test#609"],
  },
  {
    id: "ta-image",
    when: (s) => lines(s, "decompress"),
    sure: "certain",
    pool: "no memory: the TA's file",
    knobs: [],
    why: () => "The file of an early TA could not be decompressed. It is damaged, or was built for another release.",
    next: "build the TA and OP-TEE again",
    threads: ["#5469"],
  },
];
