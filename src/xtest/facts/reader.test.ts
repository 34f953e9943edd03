// Tests of the table of facts: a line for each row, in the words of OP-TEE's sources and of public logs; and of its reader.
import { describe, expect, it, test } from "vitest";
import type { Facts } from "./fact.ts";
import { createFactsReader } from "./reader.ts";
import { type FactKind, ROWS } from "./rows.ts";

function read(...lines: readonly string[]): Facts {
  const reader = createFactsReader();
  for (const [i, line] of lines.entries()) reader.take(line, i + 1);
  return reader.end();
}

const UUID = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

const SAMPLES: readonly (readonly [FactKind, string])[] = [
  ["ta-stats-asked", "D/TC:? 1 get_user_ta_stats:182 tee_ta_dump_stats return: 0xffff0010"],
  ["thread-sleeps", "D/TC:? 1 do_notif:36 sleep thread 1 0x227622f8"],
  ["thread-wakes", "D/TC:? 0 do_notif:36 wake thread 1 0x227622f8"],
  ["core-oom", "E/TC:1 0 print_oom:185 Memory allocation failed: size 1048 context 0x6e214088"],
  ["self-test-oom", "E/TC:0 0 print_oom:186 Memory allocation failed: size 268435456 context 0x22761088"],
  [
    "heap-smashed",
    "E/TC:? 0 assertion 'poolset->free2_sum >= r2' failed at lib/libutils/isoc/bget.c:616 <update_free2_sum>",
  ],
  [
    "heap-smashed",
    "E/TA:  assertion 'whatever comes next' failed at lib/libutils/isoc/bget_malloc.c:99 in somewhere()",
  ],
  ["heap-smashed", "E/TC:0 0 assertion 'hdr->magic == MDBG_HEADER_MAGIC'"],
  ["mempool-misused", "E/TC:? 0 assertion 'v > pool->data' failed at lib/libutils/ext/mempool.c:171 <mempool_free>"],
  ["mempool-full", "E/TA:  mempool_alloc:162 Failed to allocate 1040 bytes, please tune the pool size"],
  ["allocator-frame", "E/TC:0 0  0x0e114320 raw_free at lib/libutils/isoc/bget_malloc.c:402"],
  ["allocator-frame", "E/TC:0 0  0x0e114320 anything at lib/libutils/isoc/bget.c:402"],
  [
    "red-zone",
    "teemem 7ee3e300: double free of a block of 60 bytes: allocated at TA+0x740, freed at TA+0x760, seen at the end of the command",
  ],
  ["red-zone", "teemem 7ee3e300: Invalid write after a block of 100 bytes: allocated at TA+0x740, seen at TA+0x760"],
  [
    "red-zone",
    "teemem 7ee3e300: Use after free: write to a block of 9 bytes: allocated at TA+0x740, freed at TA+0x760, seen at",
  ],
  ["asan", "E/TC:0 0 asan_report:302 [ASAN]: access violation, addr: 0xe1c2040 size: 8"],
  ["asan", "E/TC:0 0 Panic at core/kernel/asan.c:166 <check_access>"],
  ["xlat-tables", "E/TC:0 0 core_mmu_xlat_table_alloc:712 10 xlat tables exhausted"],
  ["xlat-tables", "E/TC:0   alloc_l2_table:339 4 L2 tables exhausted"],
  [
    "xlat-tables",
    "E/TC:0 0 Panic 'Failed to spread pgdir on small tables' at core/mm/core_mmu.c:2114 <core_mmu_map_pages>",
  ],
  ["core-pages", "E/TC:0 0 core_mmu_xlat_table_alloc:681 Phys mem exhausted"],
  ["core-pages", "E/TC:0 0 core_mmu_xlat_table_alloc:677 Phys nex mem exhausted"],
  ["page-tables", "E/TC:? 0 alloc_pgt:148 19 page tables not available"],
  ["page-tables", "E/TC:? 0 alloc_pgt:116 Page tables are not available"],
  [
    "rpc-refused",
    "E/TC:? 0 get_rpc_alloc_res:644 RPC allocation failed. Non-secure world result: ret=0xffff000c ret_origin=0x2",
  ],
  ["rpc-refused", "E/TC:? 0 user_ta_dump_ftrace:314 Ftrace thread_rpc_alloc_payload failed"],
  ["call-failed", "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff000c of 4"],
  ["call-failed", `E/TC:? 0 tee_ta_open_session:771 Failed for TA ${UUID}. Return error 0xffff000c`],
  ["guest-memory", "E/TC:0   alloc_gprtn_maps:217 Can't allocate memory for page tables"],
  ["guest-memory", "E/TC:0   configure_guest_prtn_mem:201 Can't allocate memory for TEE runtime context"],
  ["canary-tmp", "E/TC:0 0 Dead canary at start of 'stack_tmp[0]' (0xe312b3c)"],
  ["canary-abort", "E/TC:0 0 Dead canary at end of 'stack_abt[1]'"],
  ["canary-thread", "E/TC:0 0 Dead canary at end of 'stack_thread[3]' (0xe312b3c)"],
  ["canary-thread", "E/TC:0 0 Dead canary at end of 'thread_stack[3]' (0xe312b3c)"],
  ["stack-range", "E/TC:0 0 print_stack_limits:322 Stack pointer out of range: 0x10 not in [0x20 .. 0x30]"],
  ["stack-smashed", "E/TA:  stack smashing detected"],
  ["core-abort", "E/TC:0 0 Core prefetch-abort at address 0x0 (translation fault)"],
  ["core-abort", "E/TC:0 0 Panic '[abort] abort in abort handler (trap CPU)' at core/arch/arm/kernel/abort.c:494 <x>"],
  ["ta-abort", "E/TC:? 0 User mode data-abort at address 0x0 (translation fault)"],
  ["ta-panic", "E/TC:? 0 TA panicked with code 0xffff000c"],
  ["pager-memory", "E/TC:0 0 Panic 'Running out of pages' at core/arch/arm/mm/tee_pager.c:1406 <tee_pager_add_pages>"],
  ["pager-memory", "E/TC:0 0 Panic 'Impossible memory alignment' at core/mm/core_mmu.c:1260 <assign_mem_va>"],
  ["pager-space", "E/TC:0 0 Panic 'out of mem' at core/arch/arm/mm/tee_pager.c:1857 <tee_pager_alloc>"],
  ["pager-on", "I/TC: Pager pool size: 96kB"],
  ["hash-failed", "E/TC:0 0 init_pager_runtime:476 Hash failed for page 4 at 0x29804000: res 0xffff000f"],
  ["map-entries", "E/TC:0   grow_mem_map:154 Out of entries (13) in mem_map"],
  ["map-entries", "E/TC:0   add_phys_mem:600 Out of entries (13) in memory map"],
  ["memory-map", "E/TC:0   Panic 'NS_SHM can't fit in nsec_shared' at core/mm/core_mmu.c:1598 <check_mem_map>"],
  ["memory-map", "E/TC:0   Panic 'Special memory intersection' at core/mm/core_mmu.c:712 <verify_special_mem_areas>"],
  [
    "memory-map",
    "E/TC:0   core_mmu_set_discovered_nsec_ddr:560 Non-sec mem (0x40000000:0x2000) overlaps map (type 7 0x40000000:0x1000)",
  ],
  ["map-overlap", "D/TC:0   add_phys_mem:600 Physical mem map overlaps 0x2fe00000"],
  ["map-size", "D/TC:0   add_phys_mem:667 ta_base type TA_RAM 0x0e300000 size 0x00d00000"],
  ["version", "I/TC: OP-TEE version: 4.5.0 (gcc version 14.2.0) #1 aarch64"],
  ["boot-memory", "E/TC:0   Panic at core/mm/boot_mem.c:115 <boot_mem_alloc>"],
  ["shm-pool", "E/TC:0 0 Panic 'Could not create shmem pool' at core/mm/mobj_dyn_shm.c:541 <mobj_mapped_shm_init>"],
  ["ta-named", `D/TC:? 0 ldelf_syscall_open_bin:163 Lookup user TA ELF ${UUID} (REE)`],
  ["core-alloc-failed", "E/TC:? 0 embedded_ts_open:157 Out of memory"],
  ["core-alloc-failed", "E/TC:0 0 Panic 'Out of memory' at core/mm/core_mmu.c:665 <core_mmu_set_discovered_nsec_ddr>"],
  ["core-alloc-failed", "E/TC:0 0 Panic 'Cannot allocate pager_tables' at core/arch/arm/mm/tee_pager.c:539 <init>"],
  ["core-alloc-failed", "E/TC:0 0 hpre_rsa:190 Fail to alloc rsa ncrt buf"],
  ["core-alloc-failed", "E/TC:0 0 asu_hash:389 Failed to allocate DMA buffer for hash digest"],
  ["core-alloc-failed", "E/TC:0 0 do_jr_init:40 [CAAM] JR resources allocation error"],
  ["core-alloc-failed", "E/TC:0 0 ele_alloc:26 buffer allocation failed"],
  ["core-alloc-failed", "E/TC:0 0 ecc_init:263 Versal, can't allocate the ephemeral key"],
  ["core-alloc-failed", "E/TC:0 0 init_mpxy:48 Out of memory for RPMI context"],
  ["load-step", "E/LD:  populate_segments:830 sys_map_zi"],
  ["loader-heap", "E/LD:  queue_elf:93 calloc"],
  ["load-failed", "E/TC:? 0 ldelf_init_with_ldelf:152 ldelf failed with res: 0xffff000c"],
  ["load-failed", "D/TC:? 0 tee_ta_open_session:694 init session failed 0xffff000c"],
  ["load-lookup", "D/TC:? 0 ldelf_syscall_open_bin:167 res=0xffff000c"],
  ["decompress", "E/TC:? 0 read_compressed:201 Decompression error"],
  ["storage-buffer", "E/TC:? 0 write_one_block:818 Failed to allocate plaintext buffer, size=4096"],
  ["rpmb-full", "D/TC:? 0 rpmb_fs_write:2629 RPMB: No space left"],
  ["rpmb-fat", "F/TC:0 dump_fat:1580 flags 0xffffffff, size -1, address 0xffffffff, filename ''"],
  ["rpmb-key", "E/TC:? 0 tee_rpmb_init:1180 RPMB key not yet programmed"],
  ["link-size", "aarch64-linux-gnu-ld: TEE_RAM_VA_SIZE is too small"],
  ["link-pager", "arm-linux-gnueabihf-ld.bfd: Too few free pages to initialize paging"],
  ["link-load", "ld.lld: error: Load address after end of physical memory"],
  ["link-region", "arm-none-eabi-ld: region `RAM' overflowed by 4096 bytes"],
  ["data-size", "ta/user_ta_header.c:118:2: error: #error TA_DATA_SIZE too small"],
  ["no-mdbg", "ld.bfd: a.c:146: undefined reference to `mdbg_calloc'"],
  ["setting", "CFG_CORE_HEAP_SIZE=131072"],
  ["supplicant-killed", "[ 1832.380033] Out of memory: Killed process 412 (tee-supplicant) total-vm:78712kB"],
  [
    "supplicant-killed",
    "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),task_memcg=/,task=tee-supplicant,pid=412,uid=0",
  ],
  ["supplicant-killed", "lowmemorykiller: Killing 'tee-supplicant' (412), adj 0"],
  ["linux-oom", "[ 99.1] Out of memory: Killed process 500 (stress) total-vm:99kB"],
  ["linux-oom", "[ 99.1] app invoked oom-killer: gfp_mask=0x100cca, order=0"],
  ["linux-shm", "[  153.661814] optee: tee_shm_alloc failed"],
  ["linux-shm", "[  154.026360]  tee_shm_alloc_helper+0x8c/0x150"],
  ["linux-shm", "optee firmware:optee: probe with driver optee failed with error -12"],
  ["linux-shm", "TEE_IOC_SHM_ALLOC: Cannot allocate memory"],
  ["linux-shm", "ftpm-tee firmware:ftpm: ftpm_tee_probe: tee_shm_alloc_kernel_buf failed"],
  ["linux-shm", "ERR [412] TSUP:process_alloc:401: out of memory"],
  ["linux-pages", "[ 153.6] app: page allocation failure: order:8, mode:0x40cc0(GFP_KERNEL)"],
  ["linux-pages", "vmap allocation for size 8392704 failed: use vmalloc=<size> to increase size"],
  ["pkcs11-memory", "error: PKCS11 function C_CreateObject failed: rv = CKR_DEVICE_MEMORY (0x31)"],
  ["pkcs11-memory", "C_GenerateKeyPair() rv = 0x31"],
  ["pkcs11-host", "C_Initialize failed: rv = CKR_HOST_MEMORY"],
  ["pkcs11-other", "pkcs11_1000.c:6938: rv has an unexpected value: 0x5 = CKR_GENERAL_ERROR, expected 0x0 = CKR_OK"],
  ["pkcs11-named", "I/TA: PKCS11 session 1: login"],
  ["pkcs11-operation", "E/TA:  allocate_tee_operation:262 TEE_AllocateOp. failed 0x70414930 0x3"],
  ["keymaster-memory", "keymaster1_device: generate_key returned KM_ERROR_MEMORY_ALLOCATION_FAILED"],
  ["keymaster-memory", "E/TA:  TA_begin:1511 Begin operation failed with error code ffffffd7"],
  ["keymaster-memory", "keystore2: Error::Km(ErrorCode::MEMORY_ALLOCATION_FAILED)"],
  ["keymaster-operations", "keymaster: begin: KM_ERROR_TOO_MANY_OPERATIONS"],
  [
    "tpm-memory",
    "ERROR:esys:Esys_Load() Esys Finish ErrorCode (0x00000902) tpm:warn(2.0): out of memory for object contexts",
  ],
  ["tpm-memory", "tpm tpm0: A TPM error (2306) occurred attempting to load"],
  ["tpm-space", "WARNING:esys: ErrorCode (0x0000014b) TPM_RC_NV_SPACE"],
  ["client-failed", "optee_example_acipher: TEEC_InvokeCommand(TA_ACIPHER_CMD_GEN_KEY): 0xffff000c (orig 4)"],
  ["call-worked", "lab: cmd 7: res 0x0 err_orig 0x0 a 0 b 0"],
  ["tests-passed", "134 test cases of which 0 failed"],
  ["tests-failed", "134 test cases of which 10 failed"],
  ["client-failed", "ERR [1234] TEEC:TEEC_InvokeCommand:412: Function returns with [-65524]"],
  ["core-object", "E/TA:  create_operation:1233 Error TEE_AllocateOperation maxObjectSize=4096"],
  ["core-object", "I/TA: TEE_GenerateKey: 0xffff000c"],
  ["ta-malloc", "E/TA:  alloc:12 TEE_Malloc(4096) failed"],
  ["ta-malloc", "E/TA:  tcb_init:116 TCB allocation failed (48 bytes)"],
  ["ta-malloc", "E/TA:  __utee_call_elf_init_fn:65 init/fini: out of memory"],
  ["ta-malloc", "E/TA:  add_attribute:448 pkcs11: out of memory"],
  ["ta-malloc", "E/TA:  TA_InvokeCommandEntryPoint:69 refused block 30 of 1000 bytes"],
  ["parameter-refused", "D/TA:  check_res:33 [out]: error 0xffff0001"],
  ["ta-trace", "E/TA:  do_generate:55 TEE_GenerateKey start"],
  ["ta-code", "E/TA:  write:278 TEE_WriteObjectData returned TEE_ERROR_STORAGE_NO_SPACE"],
];

describe("each row", () => {
  it.each(SAMPLES)("%s: %s", (kind, line) => {
    const { counts, unread } = read(line);
    expect([...counts.keys()]).toContain(kind);
    expect(unread.count).toBe(0);
  });

  it("has a line here", () => {
    const sampled = new Set(SAMPLES.map(([kind]) => kind));
    expect(ROWS.map(({ kind }) => kind).filter((kind) => !sampled.has(kind))).toEqual([]);
  });
});

describe("what stands before a line", () => {
  it.each([
    "^C",
    ")",
    "R",
    "\u001b[31m",
    "| ",
    "[2024-05-06 07:08:09] ",
    "(240807_15:27:01.736)",
    "<6>[12.3](2)[340:tee][TEE]",
  ])("%j hides neither line nor speaker", (before) => {
    const { counts, voices } = read(`${before}E/TA:  alloc:12 TEE_Malloc(64) failed`);
    expect([...counts.keys()]).toContain("ta-malloc");
    expect([...voices]).toEqual(["E/TA"]);
  });

  it("the words of 1.x and 2.x have speakers, too", () => {
    const { voices } = read(
      "ERROR:   TEE-CORE: 5 page tables not available",
      "DEBUG:   USER-TA: x",
      "DEBUG:   [0x0] TEE-CORE:y",
    );
    expect([...voices]).toEqual(["E/TC", "D/TA", "D/TC"]);
  });
});

describe("no failure", () => {
  it.each([
    "E/TA:  do_generate:55 TEE_GenerateKey start",
    "E/TA:  do_generate:57 TEE_GenerateKey done, res = 0",
    "E/TA:  TEE_GenerateKey(2048): 0xffff0006",
    "E/TA: malloc ok",
    "E/TA:  malloc returned 0x40012340, no error",
    "E/TA:  read_raw_object:63 TEE_OpenPersistentObject failed, res=0xffff0008",
    "D/TC:? 0 tee_ta_invoke_command:796 Error: ffff0008 of 4",
    "regression_1000.c:9: res has an unexpected value: 0x0 = TEEC_SUCCESS, expected 0xffff000c = TEEC_ERROR_OUT_OF_MEMORY",
    "E/TC:? 0 get_alloc_stats:103 public DDR not managed by secure side anymore",
    "E/TC:? 0 get_alloc_stats:121 Wrong pool id",
    "I/TC: WARNING: Using fixed value for stack canary",
    "D/TC:0 0 init_canaries:191 #Stack canaries for stack_abt[6] with top at 0x7fb0cfbb8",
    "E/TC:0 0  x0  00000000ffff000c x1  0000000000000000",
    "E/TC:0 0  r0 0xffff000c      r4 0x001027b8",
    "TEEC_InvokeCommand returned 0x0 origin 0x4",
  ])("%s", (line) => {
    const { facts, unread } = read(line);
    expect(facts.filter(({ kind }) => kind !== "ta-trace")).toEqual([]);
    expect(unread.count).toBe(0);
  });
});

test("an error line that speaks of memory, and that no row reads, is kept as not understood", () => {
  const line = "E/TC:? 0 frobnicate:12 the arena is exhausted";
  const { facts, unread } = read("I/TC: x", ...Array.from({ length: 9 }, () => line));
  expect(facts).toEqual([]);
  expect(unread.count).toBe(9);
  expect(unread.first.map(({ line: number }) => number)).toEqual([2, 3, 4, 5, 6]);
});

test("a call stack with names is no error of its own", () => {
  expect(read("E/TC:0 0  0x0e114320 mobj_alloc at core/mm/mobj.c:40").unread.count).toBe(0);
});

test("of many lines the first and the last are kept, and all are counted", () => {
  const line = (i: number): string => `E/TC:1 0 print_oom:185 Memory allocation failed: size ${i} context 0x1`;
  const { facts, counts } = read(...Array.from({ length: 1000 }, (_, i) => line(i + 1)));
  expect(counts.get("core-oom")).toBe(1000);
  expect(facts).toHaveLength(32);
  expect([facts[0]?.groups[0], facts[15]?.groups[0], facts[16]?.groups[0], facts[31]?.groups[0]]).toEqual([
    "1",
    "16",
    "985",
    "1000",
  ]);
});

test("a fact knows the test that ran and the TA that was named before it", () => {
  const { facts } = read(
    "* regression_8001 Test TEE Internal API key derivation extensions",
    "o regression_8001.12 PBKDF2",
    `D/TC:? 0 ldelf_syscall_open_bin:163 Lookup user TA ELF ${UUID} (REE)`,
    "E/TA:  alloc:12 TEE_Malloc(64) failed",
  );
  expect(facts.find(({ kind }) => kind === "ta-malloc")).toMatchObject({
    line: 4,
    test: "regression_8001.12",
    ta: UUID,
  });
});
