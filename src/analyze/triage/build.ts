// Causes that the linker or the compiler names: what must be raised together was not.
import { lines } from "./case.ts";
import type { TriageRule } from "./rule.ts";

export const BUILD_RULES: readonly TriageRule[] = [
  {
    id: "link-size",
    when: (s) => lines(s, "link-size", "link-region"),
    sure: "certain",
    pool: "TEE RAM, for the core and its heap",
    knobs: ["CFG_TEE_RAM_VA_SIZE", "CFG_TZDRAM_SIZE", "CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The core's code, data and heap together are larger than TEE RAM. CFG_CORE_HEAP_SIZE cannot be raised alone: the heap lies in TEE RAM.",
    next: "raise CFG_TEE_RAM_VA_SIZE by at least what the heap got, and CFG_TZDRAM_SIZE by the same, or the memory for TAs shrinks; or lower CFG_CORE_HEAP_SIZE",
    threads: ["#6894", "#6814"],
  },
  {
    id: "link-pager",
    when: (s) => lines(s, "link-pager"),
    sure: "certain",
    pool: "the secure RAM of a core with pager",
    knobs: ["CFG_CORE_HEAP_SIZE", "CFG_CORE_TZSRAM_EMUL_SIZE", "CFG_TZSRAM_SIZE"],
    why: () =>
      "With the pager, what must stay in memory (the unpaged core, its heap, the boot code) and some pages must fit into the secure RAM, and do not. The heap is too large here, not too small.",
    next: "lower CFG_CORE_HEAP_SIZE and CFG_TEE_CORE_LOG_LEVEL, build without CFG_TEE_CORE_DEBUG; or raise CFG_TZSRAM_SIZE where the chip has more (CFG_CORE_TZSRAM_EMUL_SIZE where it is emulated)",
    threads: ["#4622", "#5575"],
  },
  {
    id: "link-load",
    when: (s) => lines(s, "link-load"),
    sure: "certain",
    pool: "the address of TEE RAM",
    knobs: ["CFG_TZDRAM_START", "CFG_TEE_LOAD_ADDR"],
    why: () => "The core is linked to an address outside of TEE RAM. No heap is too small.",
    next: "set CFG_TEE_LOAD_ADDR into TEE RAM, which begins at CFG_TZDRAM_START (or CFG_TZSRAM_START)",
    threads: [],
  },
  {
    id: "data-size",
    when: (s) => lines(s, "data-size"),
    sure: "certain",
    pool: "the TA heap",
    knobs: ["TA_DATA_SIZE"],
    why: () => "TA_DATA_SIZE is smaller than the smallest pool that the allocator can make, 1 KiB.",
    next: "raise TA_DATA_SIZE in user_ta_header_defines.h",
    threads: [],
  },
];
