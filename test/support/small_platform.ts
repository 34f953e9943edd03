// A platform from data alone: a 32-bit core of which only the first operations of the boot were captured.

const MANIFEST = {
  name: "small-32",
  optee: "4.0.0",
  build: "a core of 32 bits, made for a test",
  core: { word: 4, heapBase: "0xe300000", heapSlack: 0, nexusBase: "0xe200000" },
  ta: {
    word: 4,
    ramSize: "0x100000",
    loaderBase: "0x40018000",
    pages: { bbuf: 1, "ldelf-stack": 2, "ldelf-code": 16, "ldelf-data": 1, "ldelf-heap": 4, "elf-header": 1 },
  },
  switches: "CFG_WITH_STATS=y CFG_TA_STATS=y",
  provenance: [{ of: "everything", how: "inferred", source: "made for a test" }],
};

/** Its call sites as far as statistics need them; sizes as the test gives them. */
export const SMALL_CALLS = `word 4
call.mapping M 16 core/mm/tee_mm.c:19 inferred
call.mapping F - core/mm/tee_mm.c:35 inferred
call.region C 36 core/mm/vm.c:307 inferred
call.region F - core/mm/vm.c:811 inferred
call.session C 112 core/kernel/tee_ta_manager.c:606 inferred
call.session F - core/kernel/tee_ta_manager.c:321 inferred
call.pseudo_ta C 56 core/kernel/pseudo_ta.c:311 inferred
call.shared_memory C 40+4n core/arch/arm/mm/mobj_dyn_shm.c:317 inferred
call.shared_memory F - core/arch/arm/mm/mobj_dyn_shm.c:134 inferred
call.page_list M 8n core/kernel/msg_param.c:132 inferred
call.page_list F - core/kernel/msg_param.c:147 inferred
call.ta_list M 76n core/kernel/tee_ta_manager.c:968 inferred
call.ta_list F - core/kernel/tee_ta_manager.c:984 inferred
missing storage.* no object was stored
missing context.* no operation was captured
missing key.* no key was captured
missing copy.* no key was captured
missing work.* no key was captured
`;

/** The files of the platform. */
export function smallPlatform(changes: Readonly<Record<string, string>> = {}): Map<string, string> {
  return new Map(
    Object.entries({
      "platform.json": JSON.stringify(MANIFEST),
      "boot.txt":
        "word 4\nC 16 core/arch/arm/kernel/boot.c:899\nR 1 40 core/mm/core_mmu.c:388\nmissing the trace ends here\n",
      "load.txt": "word 4\nmissing no application was loaded\n",
      "unload.txt": "word 4\nmissing no application was loaded\n",
      "loader.txt": "word 4\nmissing no application was loaded\n",
      "core_sites.txt": "word 4\nmissing * nothing but the boot was captured\n",
      "ta_sites.txt": "word 4\nmissing ta.* no application was loaded\n",
      ...changes,
    }),
  );
}
