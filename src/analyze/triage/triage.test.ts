// Tests of the causes: members of each kind that no public report has, in the words of OP-TEE's sources.
import { describe, expect, it } from "vitest";
import { emptyRecord } from "../../abi/record.ts";
import { readConsoleFacts } from "../../xtest/console_facts.ts";
import type { Symptoms } from "./case.ts";
import { completed } from "./failure.ts";
import { notesOn } from "./notes.ts";
import { triage, type Verdict } from "./triage.ts";

const PKCS11 = "fd02c9da-306c-48c7-a49c-bbd827ae86ee";
const OS_TEST = "5b9e0e40-2636-11e1-ad9e-0002a5d5c51b";
const OWN_TA = "8aaaf200-2450-11e4-abe2-0002a5d5c51b";

function symptoms(...lines: readonly string[]): Symptoms {
  const read = readConsoleFacts(Buffer.from(`${lines.join("\n")}\n`, "latin1"));
  if (!read.ok) throw new Error(read.error);
  return completed({ console: read.value });
}

const causes = (...lines: readonly string[]): Verdict[] => triage(symptoms(...lines));
const first = (...lines: readonly string[]): readonly [string, string, string] => {
  const [verdict] = causes(...lines);
  return [verdict?.sure ?? "", verdict?.id ?? "", verdict?.knobs[0] ?? ""];
};

const OPEN = [
  "E/LD:  init_elf:493 sys_open_ta_bin(7e3a1c0e-0085-4b0a-8d00-74656d656d01)",
  "E/TC:? 0 ldelf_init_with_ldelf:131 ldelf failed with res: 0xffff000c",
];

describe("a file that could not be opened", () => {
  it("since 3.19 the core heap, as the normal world's refusal would be printed", () => {
    expect(first("I/TC: OP-TEE version: 3.20.0", ...OPEN)).toEqual(["likely", "load-step-open", "CFG_CORE_HEAP_SIZE"]);
  });
  it("before, the shared buffer", () => {
    expect(first("I/TC: OP-TEE version: 3.18.0", ...OPEN)).toEqual(["possible", "load-step-open", "CFG_SHMEM_SIZE"]);
    expect(first(...OPEN)).toEqual(["possible", "load-step-open", "CFG_SHMEM_SIZE"]);
  });
  it("the place that prints tells the release, where its version is missing", () => {
    expect(first(OPEN[0] ?? "", "E/TC:? 0 ldelf_init_with_ldelf:152 ldelf failed with res: 0xffff000c")[0]).toBe(
      "likely",
    );
  });
  it("without a code of memory, no cause: the file is not there", () => {
    expect(causes(OPEN[0] ?? "", "E/TC:? 0 ldelf_init_with_ldelf:131 ldelf failed with res: 0xffff0008")).toEqual([]);
  });
});

describe("the heap of a TA that OP-TEE ships", () => {
  it.each([
    [PKCS11, "CFG_PKCS11_TA_HEAP_SIZE"],
    ["80a4c275-0a47-4905-8285-1486a9771a08", "CFG_REMOTEPROC_TA_HEAP_SIZE"],
    ["cff7d191-7ca0-4784-af13-48223b9a4fbe", "CFG_PAS_TA_HEAP_SIZE"],
    ["023f8f1a-292a-432b-8fc4-de8471358067", "TA_DATA_SIZE"],
    [OWN_TA, "TA_DATA_SIZE"],
  ])("%s: %s", (uuid, knob) => {
    const named = `D/TC:? 0 ldelf_syscall_open_bin:163 Lookup user TA ELF ${uuid} (REE)`;
    expect(first(named, "E/TA:  alloc:12 TEE_Malloc(64) failed")).toEqual(["likely", "ta-malloc", knob]);
  });

  it("is told by the words around, if they are near", () => {
    const far = Array.from({ length: 40 }, () => "D/TC:? 0 x");
    const knob = (...between: readonly string[]): string =>
      first("I/TA: PKCS11 session 1: login", ...between, "E/TA:  alloc:12 TEE_Malloc(64) failed")[2];
    expect([knob(...far.slice(0, 3)), knob(...far)]).toEqual(["CFG_PKCS11_TA_HEAP_SIZE", "TA_DATA_SIZE"]);
  });

  it("is named by its counters, too", () => {
    const heap = {
      ...emptyRecord(),
      size: 32752,
      maxAllocated: 32000,
      failures: 2,
      biggestFailure: 900,
      biggestFailureUsed: 32000,
    };
    const [verdict] = triage({ tas: [{ uuid: PKCS11, panicked: 0, sessions: 1, heap }] });
    expect([verdict?.id, verdict?.knobs[0]]).toEqual(["ta-heap-counted", "CFG_PKCS11_TA_HEAP_SIZE"]);
    expect(verdict?.why).toContain("CFG_PKCS11_TA_HEAP_SIZE");
    expect(verdict?.next).not.toContain("user_ta_header_defines.h;");
  });
});

describe("the core heap", () => {
  it("PKCS#11 got no operation from it", () => {
    expect(
      first(
        "E/TA:  allocate_tee_operation:262 TEE_AllocateOp. failed 0x70414930 0x3",
        "D/TA:  TA_InvokeCommandEntryPoint:339 PKCS11_CMD_SIGN_INIT rc 0x00000031/PKCS11_CKR_DEVICE_MEMORY",
      ),
    ).toEqual(["likely", "pkcs11-core", "CFG_CORE_HEAP_SIZE"]);
  });

  it("is not it where libutee says that the TA's own was full", () => {
    expect(
      first("E/TA:  _get_dl_phdr_info:192 dl_phdr_info allocation failed", "E/TC:? 0 TA panicked with code 0xffff000c"),
    ).toEqual(["likely", "ta-malloc", "TA_DATA_SIZE"]);
  });

  it("what must be raised with it has the figures of the log", () => {
    const [verdict] = causes(
      "CFG_TZDRAM_SIZE=0x00f00000",
      "D/TC:0   add_phys_mem:667 VCORE_UNPG_RX_PA type TEE_RAM_RX 0x0e100000 size 0x000b4000",
      "D/TC:0   add_phys_mem:667 VCORE_UNPG_RW_PA type TEE_RAM_RW 0x0e1b4000 size 0x0014c000",
      "E/TC:1 0 print_oom:185 Memory allocation failed: size 1048 context 0x6e214088",
    );
    expect(verdict?.together).toMatch(
      /2,097,152 bytes.*CFG_TEE_RAM_VA_SIZE by as much.*CFG_TZDRAM_SIZE \(now 0x00f00000\)/,
    );
  });

  it("its counters, after several self tests, accuse it where its peak was near its size alone", () => {
    const counted = (maxAllocated: number): string[] =>
      triage({
        pools: [
          {
            ...emptyRecord(),
            name: "Heap",
            size: 100000,
            maxAllocated,
            failures: 3,
            biggestFailure: 2 ** 28,
            biggestFailureUsed: 9,
          },
        ],
      }).map(({ id }) => id);
    expect([counted(60000), counted(98000)]).toEqual([[], ["core-heap-hidden"]]);
  });

  it("statistics without figures do not clear the TA heap, and are no cause of a failure", () => {
    const tas = [{ uuid: PKCS11, panicked: 0, sessions: 0, heap: emptyRecord() }];
    const asked: Symptoms = { code: 0xffff000c, origin: 4, tas };
    expect(triage(asked).map(({ id }) => id)).toEqual(["ta-returned-own", "ta-returned-core"]);
    expect(notesOn(asked)).toEqual([expect.stringContaining("say nothing about its heap")]);
    expect(triage({ tas }).map(({ id }) => id)).toEqual(["stats-zeros-session"]);
  });

  it("its self test is named, and no cause", () => {
    const found = symptoms("E/TC:0 0 print_oom:185 Memory allocation failed: size 268435456 context 0x1");
    expect(triage(found)).toEqual([]);
    expect(notesOn(found)).toEqual([expect.stringMatching(/268,435,456 bytes \(line 1\).*on purpose/)]);
  });

  it("that aborts inside of its allocator was written over; elsewhere it only crashed", () => {
    const abort = "E/TC:0 0 Core data-abort at address 0x20 (translation fault)";
    expect(first(abort, "E/TC:0 0  0x0e114320 anything at lib/libutils/isoc/bget.c:780")[1]).toBe("core-heap-smashed");
    expect(first(abort, "E/TC:0 0  0x0e114320 mobj_get_pa at core/mm/mobj.c:40")[1]).toBe("core-abort");
  });
});

describe("a TA that was ended", () => {
  const dump = (uuid: string, ...before: readonly string[]): string[] => [
    ...before,
    `E/LD:  Status of TA ${uuid}`,
    "E/LD:   arch: aarch64",
    "E/LD:  region  5: va 0x40013000 pa 0x102d0000 size 0x001000 flags rw-s (stack)",
  ];
  const NULL = "E/TC:? 0 User mode data-abort at address 0x0 (translation fault)";
  const PANIC = "E/TC:? 0 TA panicked with code 0x1234";

  it("by a null pointer may have lacked memory", () => expect(first(...dump(OWN_TA, NULL))[1]).toBe("null-pointer"));
  it("by its own panic did not", () => expect(first(...dump(OWN_TA, PANIC))).toEqual(["likely", "ta-panicked", ""]));
  it("as upstream's tests provoke it, is no cause", () => {
    expect(causes(...dump(OS_TEST, NULL), ...dump(OS_TEST, PANIC))).toEqual([]);
  });
  it("by a call with the stack's end is the stack, not the heap", () => {
    const below = "E/TC:? 0 User mode data-abort at address 0x40012f00 (write permission fault)";
    expect(causes(...dump(OWN_TA, below)).map(({ id }) => id)).toEqual(["stack-below"]);
  });
});

it("the line that tells most wins over a later one", () => {
  const found = symptoms(
    "TEEC_InvokeCommand failed with code 0xffff000c origin 0x1",
    "x.c:9: res has an unexpected value: 0xffff000c = TEEC_ERROR_OUT_OF_MEMORY, expected 0x0 = TEEC_SUCCESS",
    "TEEC_OpenSession failed with code 0xffff000c",
  );
  expect(found).toMatchObject({ code: 0xffff000c, origin: 1, call: "TEEC_InvokeCommand" });
});

describe("a TA that panicked with TEE_ERROR_OUT_OF_MEMORY", () => {
  const PANIC = "E/TC:? 0 TA panicked with code 0xffff000c";
  const beside = (failures: number): readonly (string | undefined)[] => {
    const heap = { ...emptyRecord("Heap"), size: 65536, allocated: 30000, maxAllocated: 40000, failures };
    const [verdict] = triage({ ...symptoms(PANIC), pools: [heap] });
    return [verdict?.id, verdict?.knobs[0]];
  };
  it("points at the core heap, unless that has refused nothing", () => {
    expect(first(PANIC)).toEqual(["likely", "panic-out-of-memory", "CFG_CORE_HEAP_SIZE"]);
    expect(beside(1)).toEqual(["core-heap-counted", "CFG_CORE_HEAP_SIZE"]);
    expect(beside(0)).toEqual(["panic-own", "TA_DATA_SIZE"]);
  });
});

describe("an assertion of the allocator", () => {
  const at = "failed at lib/libutils/isoc/bget_malloc.c:596 in assert_header()";
  const next = (line: string): string => causes(line)[0]?.next ?? "";
  const why = (line: string): string => causes(line)[0]?.why ?? "";

  it("names the malloc debug of who printed it, and none where it is on", () => {
    expect(next(`E/TC:? 0 assertion 'bn->prevfree == 0' ${at}`)).toMatch(/CFG_TEE_CORE_MALLOC_DEBUG=y its file/);
    expect(next(`E/TA:  assertion 'bn->prevfree == 0' ${at}`)).toMatch(/CFG_TEE_TA_MALLOC_DEBUG=y its file/);
    expect(next(`assertion 'bn->prevfree == 0' ${at}`)).toMatch(
      /CORE_MALLOC_DEBUG=y \(core\) or CFG_TEE_TA_MALLOC_DEBUG/,
    );
    for (const who of ["E/TC:? 0", "E/TA: "])
      expect(next(`${who} assertion 'hdr->magic == MDBG_HEADER_MAGIC' ${at}`)).not.toMatch(/MALLOC_DEBUG/);
  });

  it("tells a write beyond a block from a block that was freed before", () => {
    expect(why(`E/TA:  assertion '*mdbg_get_footer(hdr) == MDBG_FOOTER_MAGIC' ${at}`)).toMatch(
      /wrote beyond the end of that/,
    );
    expect(why(`E/TA:  assertion 'hdr->magic == MDBG_HEADER_MAGIC' ${at}`)).toMatch(/it was freed before/);
  });
});

describe("the question for the heaps of TAs", () => {
  const asked = "D/TC:? 1 get_user_ta_stats:182 tee_ta_dump_stats return: 0xffff0010";
  const sleep = (thread: number): string => `D/TC:? ${thread} do_notif:36 sleep thread ${thread} 0x227622f8`;
  const wake = (thread: number): string => `D/TC:? ${thread} do_notif:36 wake thread ${thread} 0x227622f8`;

  it("is a deadlock where threads sleep after it and nothing wakes them", () => {
    expect(first(asked, sleep(1), sleep(0))).toEqual(["likely", "ta-stats-deadlock", ""]);
    expect(first(asked, sleep(1))).toEqual(["possible", "ta-stats-deadlock", ""]);
  });
  it("is none where all were woken, or nobody asked", () => {
    expect(causes(asked, sleep(1), wake(1))).toEqual([]);
    expect(causes(sleep(1), sleep(0))).toEqual([]);
  });
});

describe("the size of the core heap", () => {
  const heap = { ...emptyRecord(), name: "Heap", size: 203072, allocated: 190000, maxAllocated: 199000 };
  const failed = { ...heap, failures: 3, biggestFailure: 40000, biggestFailureUsed: 195000 };

  it("has the value that size names, and says at least where requests failed", () => {
    const [verdict] = triage({ pools: [failed] });
    expect(verdict?.next).toMatch(
      /^set at least CFG_CORE_HEAP_SIZE=262144 \(the pool has 203,072 bytes now\): it needs at least 235,032 bytes/,
    );
    expect(triage({ pools: [heap] })[0]?.next).toMatch(
      /^set at least CFG_CORE_HEAP_SIZE=\d+ .*: it needs 199,016 bytes, and/,
    );
  });

  it("is a value with the counters, or the setting, beside a printed failure", () => {
    const oom = "E/TC:1 0 print_oom:185 Memory allocation failed: size 1048 context 0x6e214088";
    const told = (more: Partial<Symptoms>, ...lines: readonly string[]): string =>
      triage({ ...symptoms(oom, ...lines), ...more })[0]?.next ?? "";
    expect(told({ pools: [failed] })).toMatch(/^set at least CFG_CORE_HEAP_SIZE=262144/);
    expect(told({}, "CFG_CORE_HEAP_SIZE=65536")).toMatch(/^set at least CFG_CORE_HEAP_SIZE=69632 \(now 65536\)/);
    expect(told({})).toMatch(/^raise CFG_CORE_HEAP_SIZE by 4,096 at least/);
  });
});

describe("zeros of a TA that no session is open with", () => {
  const tas = [{ uuid: PKCS11, sessions: 0, panicked: 0, heap: { ...emptyRecord(), name: "" } }];

  it("are the answer where they are the question, else a note", () => {
    expect(triage({ tas }).map(({ id }) => id)).toEqual(["stats-zeros-session"]);
    const beside = { tas, asksZeros: false };
    expect(triage(beside)).toEqual([]);
    expect(notesOn(beside)).toEqual([expect.stringMatching(/^No session is open with fd02c9da.*zeros/)]);
  });
});
