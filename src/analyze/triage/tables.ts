// Causes in translation tables, the pager's pages and the core's own address space.
import { lines } from "./case.ts";
import type { TriageRule } from "./rule.ts";

export const TABLE_RULES: readonly TriageRule[] = [
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
    next: "pass smaller buffers, or raise MAX_XLAT_TABLES of the platform (core_mmu_lpae.c; for 32-bit short descriptors core_mmu_v7.c)",
    threads: ["#6393", "#3339", "#6847", "#2845"],
  },
  {
    id: "core-pages",
    when: (s) => lines(s, "core-pages"),
    sure: "certain",
    pool: "the core's secure memory for its own tables",
    knobs: ["CFG_TZDRAM_SIZE"],
    why: () =>
      "Since 4.6 the core takes pages for further translation tables from secure memory, and none was left. No heap is too small.",
    next: "give OP-TEE more secure memory, or load fewer and smaller TAs",
    threads: [],
  },
  {
    id: "pager-memory",
    when: (s) => lines(s, "pager-memory"),
    sure: "certain",
    pool: "the memory left for the pager",
    knobs: ["CFG_CORE_HEAP_SIZE", "CFG_TZSRAM_SIZE"],
    why: () =>
      "With the pager, the heap and the pages share a small secure RAM. The heap was set too large here, not too small.",
    next: "lower CFG_CORE_HEAP_SIZE again, step by step; 'teemem size run.arrows' finds the smallest value for a recording",
    threads: ["#5575", "#6814"],
  },
  {
    id: "pager-space",
    when: (s) => lines(s, "pager-space"),
    sure: "certain",
    pool: "the core's address space, with the pager",
    knobs: ["CFG_TEE_RAM_VA_SIZE"],
    why: () => "The pager found no free addresses, or no memory for the description of a region. The core stops there.",
    next: "raise CFG_TEE_RAM_VA_SIZE; a smaller CFG_CORE_HEAP_SIZE leaves more of it, too",
    threads: [],
  },
];
