// TAs and sessions that ended for another reason than memory: said, so that nobody looks for a heap.

import { errorName, errorText, TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { uuidText } from "../../abi/uuid.ts";
import { belowStack } from "../../xtest/ta_dump.ts";
import { factsOf, has, lines, quote, type Symptoms } from "./case.ts";
import { NO_EVIDENCE, OWN, type TriageRule } from "./rule.ts";
import { isTester, shippedTa } from "./shipped.ts";

const SMALL = 4096;

/** An abort of a TA. */
interface Abort {
  /** `data`, `prefetch` or `undef`. */
  readonly kind: string;
  readonly address: number;
  /** As evidence. */
  readonly text: string;
}

export const ENDED_RULES: readonly TriageRule[] = [
  {
    id: "parameter-refused",
    when: (s) => lines(s, "parameter-refused"),
    sure: "likely",
    pool: "no memory: a parameter that the TEE API rejected",
    knobs: [],
    why: () =>
      "The library checks the addresses that a TA passes to the TEE API, and panics the TA where one is not its own. In 3.21 the check also rejects a buffer that ends where the TA heap begins (#6127).",
    next: "look at the buffer in brackets in the call; with 3.21 update to a later release",
    threads: ["#6122"],
  },
  {
    id: "shipped-panic",
    when: (s) =>
      panics(s).flatMap(({ uuid, text }) => {
        const name = shippedTa(uuid)?.name;
        return name === undefined ? [] : [`${text} (the ${name})`];
      }),
    sure: "possible",
    pool: OWN,
    knobs: (s) =>
      panics(s)
        .flatMap(({ uuid }) => shippedTa(uuid)?.knob ?? [])
        .slice(0, 1),
    why: () =>
      "A TA that OP-TEE ships panicked. Its code is known to work, so a full TA heap is a candidate: an error on the way out of a failed allocation ends in a panic, too.",
    next: (s) =>
      `${panics(s).flatMap(({ uuid }) => shippedTa(uuid)?.place ?? [])[0] ?? ""}, and see whether it goes away`,
    threads: ["#5022", "#5035"],
  },
  {
    id: "ta-panicked",
    when: (s) =>
      has(s, "heap-smashed", "mempool-misused", "parameter-refused", "mempool-full", "stack-smashed", "asan")
        ? NO_EVIDENCE
        : panics(s)
            .filter(({ uuid }) => shippedTa(uuid) === undefined)
            .map(({ text }) => text)
            .slice(0, 3),
    sure: "likely",
    pool: "no memory: the TA's own panic",
    knobs: [],
    why: () =>
      "The TA, or a TEE function that it called with a wrong argument, ended it with this code. It is not the code of a failed allocation.",
    next: "give the TA's ELF file to symbolize.py of OP-TEE OS with the call stack: it names the caller",
    threads: [],
  },
  {
    id: "ta-aborted",
    when: (s) =>
      aborts(s)
        .flatMap(({ kind, address, text }) => (kind !== "data" || address >= SMALL ? [text] : []))
        .slice(0, 3),
    sure: "possible",
    pool: "no memory: a wrong address in the TA",
    knobs: [],
    why: () =>
      "The TA used an address that is not its own: a pointer that was never set, was overwritten or points beyond its buffer.",
    next: "give the TA's ELF file to symbolize.py of OP-TEE OS with the call stack: it names the line",
    threads: [],
  },
  {
    id: "busy-session",
    when: (s) => (s.code === TEE.BUSY && s.origin !== ORIGIN.COMMS ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "likely",
    pool: "no memory: the TA",
    knobs: ["TA_FLAG_MULTI_SESSION"],
    why: () =>
      "A single-instance TA without TA_FLAG_MULTI_SESSION has only one session, and another client holds it. TAs that call each other in a circle get the same code.",
    next: "add TA_FLAG_MULTI_SESSION to TA_FLAGS, or close the other session",
    threads: ["#2659", "#480"],
  },
  {
    id: "busy-threads",
    when: (s) => (s.code === TEE.BUSY ? ["the code is TEE_ERROR_BUSY"] : NO_EVIDENCE),
    sure: "possible",
    pool: "no memory: the core's threads",
    knobs: ["CFG_NUM_THREADS"],
    why: () =>
      "All CFG_NUM_THREADS threads of the core are in use. Linux waits for a free one; other clients (a boot loader, a driver of your own) get this code.",
    next: "call again later; each additional thread costs the core a stack",
    threads: ["#1724", "#6172"],
  },
  {
    id: "target-dead",
    when: (s) =>
      s.code === TEE.TARGET_DEAD && !has(s, "ta-panic", "ta-abort")
        ? [s.from === undefined ? "the code is TEE_ERROR_TARGET_DEAD" : quote(s.from)]
        : NO_EVIDENCE,
    sure: "likely",
    pool: "unknown: the TA panicked",
    knobs: [],
    why: () => "The TA panicked or crashed. The secure console shows the code or address.",
    next: "give the log of the secure console with --log. An abort right below the stack means TA_STACK_SIZE; a null pointer mostly means a failed TEE_Malloc",
    threads: ["#3997"],
  },
];

/** Aborts of TAs, but not those that upstream's tests provoke, nor those that a stack explains. */
export function aborts({ console }: Symptoms): Abort[] {
  const dumped = (console?.dumps ?? []).filter(({ abort }) => abort !== undefined);
  if (dumped.length === 0) return bareAborts({ ...(console && { console }) });
  return dumped.flatMap((dump) => {
    const { abort, line, uuid } = dump;
    if (abort === undefined || isTester(uuid) || belowStack(dump) !== undefined) return [];
    return [{ ...abort, text: `line ${line}: ${uuidText(uuid)} used address 0x${abort.address.toString(16)}` }];
  });
}

/** Aborts whose dump the log does not have. */
function bareAborts(symptoms: Symptoms): Abort[] {
  return factsOf(symptoms, "ta-abort")
    .filter(({ ta }) => !isTester(ta))
    .map((fact) => ({
      kind: (fact.groups[0] ?? "").toLowerCase(),
      address: Number.parseInt(fact.groups[1] ?? "", 16),
      text: quote(fact),
    }));
}

interface Panic {
  readonly uuid: string;
  readonly text: string;
}

/** TAs that ended with a code of their own: none of upstream's tests, and none for want of memory. */
function panics(s: Symptoms): Panic[] {
  const dumped = (s.console?.dumps ?? []).filter(({ panic }) => panic !== undefined);
  if (dumped.length > 0)
    return dumped.flatMap(({ uuid, line, panic = 0 }) =>
      isTester(uuid) || panic === TEE.OUT_OF_MEMORY
        ? []
        : [{ uuid, text: `line ${line}: ${uuidText(uuid)} panicked with ${codeText(panic)}` }],
    );
  return factsOf(s, "ta-panic").flatMap((fact) =>
    isTester(fact.ta) || Number.parseInt(fact.groups[0] ?? "", 16) === TEE.OUT_OF_MEMORY
      ? []
      : [{ uuid: fact.ta, text: quote(fact) }],
  );
}

function codeText(code: number): string {
  return code !== 0 && errorName(code) !== undefined ? errorText(code) : `code 0x${code.toString(16)}`;
}
