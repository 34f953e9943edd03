// Why statistics or leak lists do not come.

import { TEE } from "../../abi/errors.ts";
import { ORIGIN } from "../../abi/ids.ts";
import { uuidText } from "../../abi/uuid.ts";
import { type Evidence, lines, type Symptoms } from "./case.ts";
import { NO_EVIDENCE, type TriageRule } from "./rule.ts";

export const DEBUG_RULES: readonly TriageRule[] = [
  {
    id: "stats-no-ta",
    when: (s) => asked(s, TEE.NOT_SUPPORTED, "TEEC_InvokeCommand"),
    sure: "certain",
    pool: "not memory: a build option",
    knobs: ["CFG_TA_STATS"],
    why: () =>
      "The core was built without CFG_TA_STATS=y. It is an option of OP-TEE OS; setting it in the build of the TA has no effect.",
    next: "build OP-TEE OS from clean with CFG_WITH_STATS=y CFG_TA_STATS=y, and look for CFG_TA_STATS=y in its out/…/conf.mk",
    threads: ["#7153"],
  },
  {
    id: "stats-missing",
    when: (s) => asked(s, TEE.ITEM_NOT_FOUND, "TEEC_OpenSession"),
    sure: "certain",
    pool: "not memory: a build option",
    knobs: ["CFG_WITH_STATS"],
    why: () => "The statistics TA is not in this OP-TEE: the core even asked tee-supplicant for its file.",
    next: "build OP-TEE OS with CFG_WITH_STATS=y",
    threads: ["test#355"],
  },
  {
    id: "stats-none-loaded",
    when: (s) => asked(s, TEE.ITEM_NOT_FOUND, "TEEC_InvokeCommand"),
    sure: "certain",
    pool: "not memory: nothing to show",
    knobs: [],
    why: () => "No TA is loaded at this moment, so there is none to show.",
    next: "take the statistics while a session with the TA is open; TA_FLAG_INSTANCE_KEEP_ALIVE keeps it loaded",
    threads: ["#7160"],
  },
  {
    id: "stats-zeros-session",
    when: (s) =>
      (s.asksZeros === false ? [] : allZeros(s)).flatMap(({ uuid, sessions }) =>
        sessions === 0 ? [`${uuidText(uuid)}: session number(0), all zeros`] : [],
      ),
    sure: "certain",
    pool: "not memory: no session to query",
    knobs: [],
    why: () =>
      "No client of the normal world has a session with the TA, and its heap is queried through such a session. Sessions that other TAs opened do not count, and a TA that is being loaded has none yet.",
    next: "keep a session open from the normal world and take the statistics again, after its call: 'xtest --stats --ta' on the board waits until a call ends, and with OP-TEE 4.x can deadlock beside one",
    threads: ["#7160", "#6420"],
  },
  {
    id: "stats-zeros-busy",
    when: (s) =>
      allZeros(s).flatMap(({ uuid, sessions }) =>
        (sessions ?? 0) > 0 ? [`${uuidText(uuid)}: session number(${sessions}), all zeros`] : [],
      ),
    sure: "likely",
    pool: "not memory: the TA did not answer",
    knobs: [],
    why: () =>
      "The TA has a session but did not answer: it was busy, it panicked, or its kit has no statistics: one before 3.20, or one that was built without CFG_TA_STATS=y.",
    next: "take the statistics again when no call runs; look for CFG_TA_STATS=y in the kit's host_include/conf.mk, and build the TA with the kit of this OP-TEE",
    threads: ["#6420"],
  },
  {
    id: "mdbg-link",
    when: (s) => lines(s, "no-mdbg"),
    sure: "certain",
    pool: "not memory: a build option",
    knobs: ["CFG_TEE_TA_MALLOC_DEBUG"],
    why: () => "The TA was built for leak headers, but the libutils.a of its kit was not.",
    next: "build OP-TEE OS, which makes the kit, from clean with CFG_TEE_TA_MALLOC_DEBUG=y, then the TA; 'nm libutils.a | grep mdbg_' must print lines",
    threads: ["#4876", "#2154", "#1288"],
  },
  {
    id: "mdbg-level",
    when: ({ wantsLeaks, console }) =>
      wantsLeaks === true && console?.leaks === 0 && ![...console.voices].some((voice) => /^[IDF]\/TC/.test(voice))
        ? [`no line of level I or D from the core in ${console.lines} lines`]
        : NO_EVIDENCE,
    sure: "likely",
    pool: "not memory: the log level",
    knobs: ["CFG_TEE_CORE_LOG_LEVEL"],
    why: () =>
      "Leak lines have the level of information, and this log has no line of that level. (Or it is not the log of the secure console.)",
    next: "build with CFG_TEE_CORE_LOG_LEVEL=3; at least 2 is needed",
    threads: ["#2154", "#4876", "#2471"],
  },
  {
    id: "mdbg-ta-level",
    when: ({ wantsLeaks, console }) =>
      wantsLeaks === true && console?.leaks === 0 && ![...console.voices].some((voice) => /^[IDF]\/TA/.test(voice))
        ? ["no line of level I or D from a TA"]
        : NO_EVIDENCE,
    sure: "possible",
    pool: "not memory: the log level of TAs",
    knobs: ["CFG_TEE_TA_LOG_LEVEL"],
    why: () =>
      "If the list should come from mdbg_check(1) in a TA: the default level of TAs is 1, errors only. The level is set twice, in the kit (libutee) and in the TA.",
    next: "build OP-TEE OS and the TA with CFG_TEE_TA_LOG_LEVEL=3 and CFG_TEE_CORE_TA_TRACE=y",
    threads: ["#4876", "#4855"],
  },
  {
    id: "mdbg-flag",
    when: ({ wantsLeaks, console }) =>
      wantsLeaks === true && console?.leaks === 0 && [...console.voices].some((voice) => /^[IDF]\/TC/.test(voice))
        ? ["the log has lines of level I or D from the core, but no leak lines"]
        : NO_EVIDENCE,
    sure: "likely",
    pool: "not memory: a build option",
    knobs: ["CFG_TEE_CORE_MALLOC_DEBUG", "CFG_TEE_TA_MALLOC_DEBUG"],
    why: () =>
      "Without leak headers, mdbg_check, and 'xtest --stats --memleak' on the board, print nothing and report no error. Core and TAs have one option each.",
    next: "build from clean with CFG_TEE_CORE_MALLOC_DEBUG=y (core) and CFG_TEE_TA_MALLOC_DEBUG=y (TAs, with the kit)",
    threads: ["#2154", "#4876"],
  },
];

/** TAs without figures, where none has any, and no call failed that would be the question. */
function allZeros({ tas = [], code }: Symptoms): NonNullable<Symptoms["tas"]> {
  return code === undefined && tas.every(({ heap }) => heap.size === 0) ? tas : [];
}

/** `xtest --stats` got this answer. */
function asked({ refused, code, origin, call }: Symptoms, wanted: number, step: string): Evidence {
  const printed = (refused ?? []).filter((one) => one.code === wanted && one.call === step);
  if (printed.length > 0) return [`xtest --stats printed ${step}: res 0x${wanted.toString(16)}`];
  const stats = call === "xtest --stats" || call === "xtest --stats --ta";
  const matching = stats && code === wanted && (origin === ORIGIN.TRUSTED_APP) === (step === "TEEC_InvokeCommand");
  return matching ? [`${call} gave 0x${wanted.toString(16)}`] : NO_EVIDENCE;
}
