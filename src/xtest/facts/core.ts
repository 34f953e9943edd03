// What the core says of its own memory: files of OP-TEE's core/, 3.x to 4.10.
import { TELLING_WORDS } from "./codes.ts";
import type { FactRow } from "./row.ts";

export const CORE_ROWS = [
  // core/arch/arm/mm/core_mmu_lpae.c, core_mmu_v7.c, core/arch/riscv/mm/core_mmu_arch.c
  {
    kind: "xlat-tables",
    words: ["tables exhausted", "Failed to spread"],
    form: /(?:xlat|L2) tables exhausted|Failed to spread pgdir on small tables/,
  },
  { kind: "core-pages", words: ["mem exhausted"], form: /Phys (?:nex )?mem exhausted/ },
  // core/mm/vm.c, core/arch/arm/mm/tee_mmu.c, pgt_cache.c
  {
    kind: "page-tables",
    words: ["page tables"],
    form: /[Pp]age tables (?:are )?not available/,
  },
  // core/arch/arm/kernel/thread_optee_smc.c, since 3.19; core/kernel/user_ta.c
  {
    kind: "rpc-refused",
    words: ["RPC allocation failed", "thread_rpc_alloc"],
    form: /RPC allocation failed|thread_rpc_alloc_payload failed/,
  },
  // core/kernel/tee_ta_manager.c
  {
    kind: "call-failed",
    words: TELLING_WORDS,
    form: /(?:tee_ta_(?:invoke_command|open_session):\d+ |=> Error:|Return error )/,
    coded: "telling",
  },
  // core/pta/stats.c, core/kernel/notif.c at level D: a question for the heaps of TAs, and threads that wait for Linux.
  { kind: "ta-stats-asked", words: ["tee_ta_dump_stats"], by: "core", form: /tee_ta_dump_stats return/ },
  { kind: "thread-sleeps", words: ["sleep thread"], by: "core", form: /do_notif:\d+ sleep thread/ },
  { kind: "thread-wakes", words: ["wake thread"], by: "core", form: /do_notif:\d+ wake thread/ },
  // core/arch/arm/kernel/virtualization.c
  {
    kind: "guest-memory",
    words: ["Can't allocate memory for"],
    form: /Can't allocate memory for (?:TEE runtime context|TA data|page tables)/,
  },
  // core/kernel/thread.c
  { kind: "canary-tmp", words: ["Dead canary"], form: /Dead canary at (?:start|end) of '(stack_tmp[^']*)'/ },
  { kind: "canary-abort", words: ["Dead canary"], form: /Dead canary at (?:start|end) of '(stack_abt[^']*)'/ },
  {
    kind: "canary-thread",
    words: ["Dead canary"],
    form: /Dead canary at (?:start|end) of '((?!stack_tmp|stack_abt)[^']*)'/,
  },
  { kind: "stack-range", words: ["Stack pointer"], form: /Stack pointer out of range/ },
  // lib/libutils/isoc/stack_check.c, in the core and in TAs
  { kind: "stack-smashed", words: ["stack smashing"], by: "secure", form: /stack smashing detected/i },
  // core/arch/arm/kernel/abort.c
  {
    kind: "core-abort",
    words: ["-abort at"],
    form: /\bCore (data|prefetch|undef)-abort at address (?:0x)?([\da-f]+)/i,
  },
  { kind: "core-abort", words: ["trap CPU"], after: /Panic '\[abort\]/, form: /()()trap CPU/ },
  {
    kind: "ta-abort",
    words: ["-abort at"],
    form: /\bUser (?:mode|TA) (data|prefetch|undef)-abort at address (?:0x)?([\da-f]+)(?: \(([^()]*)\))?/i,
  },
  // core/kernel/user_ta.c; 3.x prints the second line at level D
  {
    kind: "ta-panic",
    words: ["panicked with"],
    unless: /user_ta_enter/,
    form: /TA panicked with code (?:0x)?([\da-f]+)/i,
  },
  // core/arch/arm/mm/tee_pager.c, core/arch/arm/kernel/boot.c
  { kind: "pager-memory", words: ["Panic"], form: /Panic '(?:Impossible memory alignment|[Rr]unning out of pages?)'/ },
  { kind: "pager-space", words: ["Panic"], form: /Panic 'out of mem'|Panic 'alloc_(?:region|area)'/ },
  { kind: "pager-on", words: ["Pager"], form: /Pager is enabled|Pager pool size: (\d+)kB/ },
  { kind: "hash-failed", words: ["Hash failed"], form: /Hash failed for page/ },
  // core/mm/core_mmu.c
  { kind: "map-entries", words: ["Out of entries"], form: /Out of entries \((\d+)\) in (?:mem_map|memory[ _]map)/ },
  {
    kind: "memory-map",
    words: ["can't fit in", "memory intersection", "Invalid memory"],
    form: /can't fit in (?:secure_only|nsec_shared)|Special memory intersection|memory intersection'|Invalid memory access config/,
  },
  { kind: "memory-map", words: ["overlaps map"], after: /Non-sec mem \(/, form: /overlaps map/ },
  { kind: "memory-map", words: ["secure memory"], form: /Failed to config (?:non-)?secure memory/ },
  { kind: "map-overlap", words: ["map overlaps"], form: /Physical mem map overlaps (0x[\da-f]+)/ },
  {
    kind: "map-size",
    words: ["add_phys_mem"],
    form: /add_phys_mem:\d+ \S+ type (TEE_RAM\w*|TA_RAM|NSEC_SHM) (0x[\da-f]+) size 0x([\da-f]+)/,
  },
  { kind: "version", words: ["OP-TEE version"], form: /OP-TEE version: v?(\d+\.\d+)/ },
  // core/mm/boot_mem.c, phys_mem.c, page_alloc.c
  {
    kind: "boot-memory",
    words: ["Panic"],
    after: /Panic/,
    form: /at core\/mm\/(?:boot_mem|phys_mem|page_alloc|tee_mm)\.c:/,
  },
  // core/mm/mobj_dyn_shm.c, mobj_ffa.c, core/tee/entry_std.c
  {
    kind: "shm-pool",
    words: ["shmem pool"],
    form: /Panic '(?:Can't find region for shmem pool|Could not create shmem pool)'/,
  },
  // core/kernel/tee_ta_manager.c, core/kernel/ldelf_syscalls.c: the TA that is looked up, opened or ended
  {
    kind: "ta-named",
    words: ["user TA ELF", "Re-open TA", "Status of TA", "for TA "],
    after: /(?:Lookup user TA ELF|Re-open TA|Status of TA|for TA) /,
    form: /^([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-?[\da-f]{12})/i,
  },
] as const satisfies readonly FactRow[];

/** Lines of the core without words of their own: of any driver and any file, at the level of errors. */
export const CORE_REST = [
  {
    kind: "core-alloc-failed",
    words: ["alloc", "out of mem", "no memory"],
    by: "core",
    levels: "E",
    unless: /Secure [Mm]emory|Memory transaction failure/,
    has: /\bout of mem|\bno memory\b|fail|error|unable|could ?n|cannot|can't/i,
    // The name of a function, `alloc_pgt:116`, is none.
    form: /\bout of mem|\bno memory\b|\b(?:[mc]|re)?alloc[a-z]{0,7}\b(?!:)/i,
    otherwise: true,
  },
] as const satisfies readonly FactRow[];
