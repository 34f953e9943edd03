// Causes in the loading of a TA: its file, its segments, the loader's own heap.
import { ORIGIN } from "../../abi/ids.ts";
import { callKind } from "./calls.ts";
import { type Evidence, factsOf, has, lines, quoted, type Symptoms } from "./case.ts";
import { from } from "./origins.ts";
import { CORE, NO_EVIDENCE, OOM_TRACE, RAM, SHM, STATS, type TriageRule } from "./rule.ts";

export const LOADING_RULES: readonly TriageRule[] = [
  {
    id: "load-with-pager",
    when: (s) =>
      has(s, "pager-on")
        ? [...lines(s, "pager-on").slice(0, 1), ...mapSteps(s)].slice(0, mapSteps(s).length * 2)
        : NO_EVIDENCE,
    sure: "likely",
    pool: `${CORE}, or ${RAM}`,
    knobs: ["CFG_CORE_HEAP_SIZE", "CFG_TZDRAM_SIZE", "CFG_PGT_CACHE_ENTRIES", "TA_DATA_SIZE"],
    why: () =>
      "The loader could not map a segment of the TA. With the pager, the core heap holds a hash and a counter for each page of a TA, so a large TA takes much of it; its pages come from TZDRAM, and its page tables are limited.",
    next: `${STATS}; a smaller TA_DATA_SIZE and TA_STACK_SIZE need less of all three`,
    threads: ["#4718"],
  },
  {
    id: "load-step-map",
    when: (s) => (has(s, "pager-on") ? NO_EVIDENCE : mapSteps(s)),
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
    when: (s) => (tellsRpc(s) === true ? openSteps(s) : NO_EVIDENCE),
    sure: "likely",
    pool: CORE,
    knobs: ["CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The loader lacked memory to open the TA's file. Since 3.19 the core prints it when the normal world gives no buffer for the file, and there is no such line: so the core heap was full.",
    next: `${STATS}; or ${OOM_TRACE}`,
    threads: ["#5526"],
  },
  {
    id: "load-step-open",
    when: (s) => (tellsRpc(s) === true ? NO_EVIDENCE : openSteps(s)),
    sure: "possible",
    pool: `${SHM}, or ${CORE}`,
    knobs: ["CFG_SHMEM_SIZE", "CFG_CORE_HEAP_SIZE"],
    why: () =>
      "The loader could not open the TA's file. The core reads files through a shared buffer of the same size, which tee-supplicant allocates. TZDRAM has no part in it.",
    next: "set CFG_TEE_CORE_LOG_LEVEL=3 and look at the lines before it; check that tee-supplicant runs. Since 3.19 the core says when the normal world gave no buffer",
    threads: ["test#609", "#5526"],
  },
  {
    id: "loader-heap",
    when: (s) => lines(s, "loader-heap"),
    sure: "likely",
    pool: "the heap of ldelf, the loader",
    knobs: [],
    why: () =>
      "The loader has a heap of four pages for the TA and its libraries. It was full: the TA has very many libraries or symbols of them.",
    next: "link libraries statically, or load fewer; mpool_size in ldelf/main.c sets it",
    threads: [],
  },
  {
    id: "open-session",
    when: (s) => (opens(s) && openSteps(s).length === 0 ? from(s, ORIGIN.TEE) : NO_EVIDENCE),
    sure: "possible",
    pool: RAM,
    knobs: ["CFG_TZDRAM_SIZE", "TA_DATA_SIZE", "TA_STACK_SIZE"],
    why: () =>
      "The core ran out of memory while it loaded the TA. A larger TA_DATA_SIZE or TA_STACK_SIZE makes that worse, not better: both are taken from TZDRAM when the TA is loaded.",
    next: `${STATS}; or try it with a small TA_DATA_SIZE`,
    threads: ["#5469", "#6847"],
  },
  {
    id: "ta-image",
    when: (s) => lines(s, "decompress"),
    sure: "certain",
    pool: "not memory: the TA's file",
    knobs: [],
    why: () => "The file of an early TA could not be decompressed. It is damaged, or was built for another release.",
    next: "build the TA and OP-TEE again",
    threads: ["#5469"],
  },
];

function opens(s: Symptoms): boolean {
  return callKind(s.call) === "open" || (s.call === undefined && has(s, "load-failed"));
}

/** Steps of the loader that map memory, where a failure of memory followed. */
function mapSteps(s: Symptoms): Evidence {
  if (has(s, "page-tables")) return NO_EVIDENCE;
  return quoted(stepsOf(s, /map|remap/)).slice(0, 2);
}

/** Steps that open a file, or the core's answer to them; none if the core says who refused. */
function openSteps(s: Symptoms): Evidence {
  if (has(s, "rpc-refused", "supplicant-killed", "core-oom")) return NO_EVIDENCE;
  return quoted([...stepsOf(s, /open/), ...factsOf(s, "load-lookup")]).slice(0, 2);
}

/** sys_map_zi fails for want of memory alone. Other steps fail for a missing file or a wrong signature, too: their code decides. */
function stepsOf(s: Symptoms, form: RegExp): ReturnType<typeof factsOf> {
  const failed = factsOf(s, "load-failed", "load-lookup");
  return factsOf(s, "load-step").filter(({ groups: [step = ""], line }) => {
    if (!form.test(step)) return false;
    return step === "sys_map_zi" || failed.some((fact) => Math.abs(fact.line - line) <= NEAR);
  });
}

/** Lines between a step and the code of its failure. */
const NEAR = 24;

/** Whether this core prints refused requests to the normal world, as it does since 3.19; `undefined` if nothing tells. */
function tellsRpc(s: Symptoms): boolean | undefined {
  const version = factsOf(s, "version").at(-1)?.groups[0]?.split(".").map(Number);
  if (version !== undefined) return (version[0] ?? 0) > 3 || (version[0] === 3 && (version[1] ?? 0) >= 19);
  // The line of ldelf_init_with_ldelf() that prints: 152 in 4.x, 131 and less before.
  const [place] = factsOf(s, "load-failed").flatMap(({ groups }) => (groups[0] === "" ? [] : [Number(groups[0])]));
  return place === undefined ? undefined : place >= 152;
}
