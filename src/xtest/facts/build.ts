// What the build says: the linker with OP-TEE's scripts (core/arch/*/kernel/kern.ld.S), the compiler, and settings of a conf.mk.
import type { FactRow } from "./row.ts";

export const BUILD_ROWS = [
  { kind: "link-size", words: ["TEE_RAM_VA_SIZE"], by: "normal", form: /\bTEE_RAM_VA_SIZE is too small\b/ },
  {
    kind: "link-pager",
    words: ["can't fit init", "free pages"],
    by: "normal",
    form: /can't fit init part into available physical memory|Too few free pages to initialize paging/,
  },
  {
    kind: "link-load",
    words: ["physical memory"],
    by: "normal",
    form: /Load address (?:before start|after end) of physical memory/,
  },
  {
    kind: "link-region",
    words: ["overflowed by"],
    by: "normal",
    form: /region [`'"]\w+[`'"] overflowed by (\d+) bytes/,
  },
  { kind: "data-size", words: ["TA_DATA_SIZE"], by: "normal", form: /#?error:? (?:#error )?"?TA_DATA_SIZE too small/ },
  { kind: "no-mdbg", words: ["mdbg_"], form: /undefined reference to [`'"‘]?mdbg_\w+/ },
  {
    kind: "setting",
    words: ["CORE_HEAP_SIZE", "TEE_RAM_VA_SIZE", "CFG_TZDRAM_", "TZSRAM_", "CFG_SHMEM_SIZE", "_TA_HEAP_SIZE"],
    by: "normal",
    form: /^(?:export )?(CFG_[A-Z\d_]+) ?[:?]?= ?(\S+)/,
  },
] as const satisfies readonly FactRow[];
