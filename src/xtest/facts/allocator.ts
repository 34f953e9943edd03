// What the allocator and the checks around it say: OP-TEE's lib/libutils/, in the core, in TAs and in ldelf, 3.x to 4.10.
import type { FactRow } from "./row.ts";

export const ALLOCATOR_ROWS = [
  // bget_malloc.c with CFG_CORE_DUMP_OOM=y. The self test of regression_1001 asks for 256 MiB on purpose.
  {
    kind: "self-test-oom",
    words: ["Memory allocation failed"],
    by: "core",
    form: /Memory allocation failed: size (268435456)\b/,
  },
  {
    kind: "core-oom",
    words: ["Memory allocation failed"],
    by: "core",
    unless: /size 268435456\b/,
    form: /Memory allocation failed: size ([\d,.']+)/,
  },
  // Any assertion of bget.c or bget_malloc.c, whatever it says: this heap was written over, or misused.
  { kind: "heap-smashed", words: ["assertion"], has: /assertion '/i, form: /\b(bget(?:_malloc)?\.c):/i },
  { kind: "mempool-misused", words: ["assertion"], has: /assertion '/i, form: /\bmempool\.c:/i },
  // The same where the line was cut before the file.
  {
    kind: "heap-smashed",
    words: ["assertion"],
    unless: /failed at/i,
    after: /assertion '/i,
    form: /MDBG_(?:HEAD|FOOT)ER_MAGIC|bh\.bsize|bh\.prevfree|ql\.[fb]link|poolset/i,
  },
  // mempool.c: scratch memory of big numbers
  { kind: "mempool-full", words: ["tune the pool"], form: /Failed to allocate (\d+) bytes, please tune the pool size/ },
  // A call stack with names, of symbolize.py, in which the core was inside of its allocator.
  {
    kind: "allocator-frame",
    words: ["bget", "brel", "bpool", "raw_", "create_free", "gen_malloc"],
    by: "core",
    has: /\b0x[\da-f]+ /,
    unless: /assertion/i,
    form: /\b(bget[zr]?|brel|bpool|raw_(?:malloc|memalign|calloc|realloc|free)|create_free_block|gen_malloc)\b|\bbget(?:_malloc)?\.c:/,
  },
  // teemem's object in a TA, device/teemem_ta_zones.h
  {
    kind: "red-zone",
    words: ["allocated at"],
    form: /\bteemem ([\da-f]{8}): ([Dd]ouble free of|Invalid write (?:after|before)|Use after free: write to|write (?:behind|before|after free to)) a block of (\d{1,10}) bytes: allocated at /,
  },
  // asan.c
  { kind: "asan", words: ["asan"], form: /\[ASAN\]: access violation/ },
  { kind: "asan", words: ["asan"], has: /Panic/, form: /\basan\.c:/ },
] as const satisfies readonly FactRow[];
