// Causes in secure storage, which is no heap.
import { TEE } from "../../abi/errors.ts";
import { callKind } from "./calls.ts";
import { factsOf, lines, quoted, type Symptoms } from "./case.ts";
import { NO_EVIDENCE, type TriageRule } from "./rule.ts";

export const STORAGE_RULES: readonly TriageRule[] = [
  {
    id: "supplicant-silent",
    when: (s) => quoted(interrupted(s)),
    sure: "likely",
    pool: "the normal world: tee-supplicant did not answer",
    knobs: [],
    why: () =>
      "The call came back only when its client was interrupted (^C). Storage is read and written through tee-supplicant; a request that it never answers ends as out of memory.",
    next: "check that tee-supplicant runs and can write to its folder; if it does, the core heap is the next candidate",
    threads: ["test#361"],
  },
  {
    id: "rpmb-full",
    when: (s) => lines(s, "rpmb-full"),
    sure: "certain",
    pool: "the RPMB partition",
    knobs: ["CFG_RPMB_RESET_FAT"],
    why: () => "The RPMB file system is full. Releases before 3.12 return TEE_ERROR_OUT_OF_MEMORY for this.",
    next: "delete objects; on a test board, one boot with CFG_RPMB_RESET_FAT=y clears the file system",
    threads: ["#4242", "client#322"],
  },
  {
    id: "rpmb-unreadable",
    when: (s) => lines(s, "rpmb-fat"),
    sure: "likely",
    pool: "the RPMB partition: its file table cannot be read",
    knobs: ["CFG_RPMB_RESET_FAT"],
    why: () =>
      "An entry of the file table is all ones: the RPMB was written with another layout, or is damaged. Early releases make TEE_ERROR_OUT_OF_MEMORY of it, though no heap is full.",
    next: "on a test board, one boot with CFG_RPMB_RESET_FAT=y clears the file system, and all objects in it",
    threads: ["#7314", "#4242"],
  },
  {
    id: "storage-full",
    when: (s) => {
      if (s.code !== TEE.STORAGE_NO_SPACE) return s.foreign?.name === "ENOSPC" ? ["the code is ENOSPC"] : NO_EVIDENCE;
      return s.from === undefined ? ["the code is TEE_ERROR_STORAGE_NO_SPACE"] : quoted([s.from]);
    },
    sure: "likely",
    pool: "secure storage",
    knobs: ["CFG_REE_FS", "CFG_RPMB_FS"],
    why: () =>
      "The storage behind the objects is full: the RPMB partition, or the file system of tee-supplicant's folder. No heap is too small.",
    next: "delete objects, or make room in the normal world's file system",
    threads: ["#4242", "client#322"],
  },
  {
    id: "storage-away",
    when: (s) => {
      const away = s.code === TEE.STORAGE_NOT_AVAILABLE || s.code === TEE.STORAGE_NOT_AVAILABLE_2;
      return [...(away ? ["the code is TEE_ERROR_STORAGE_NOT_AVAILABLE"] : []), ...lines(s, "rpmb-key")];
    },
    sure: "likely",
    pool: "secure storage",
    knobs: ["CFG_RPMB_WRITE_KEY"],
    why: () => "The core cannot reach its storage: tee-supplicant does not run, or the RPMB has no key or a wrong key.",
    next: "start tee-supplicant; with a real RPMB build it with RPMB_EMU=0",
    threads: ["#3773", "#824"],
  },
];

/** Storage calls that ended with the interrupt of their client. */
function interrupted(s: Symptoms): ReturnType<typeof factsOf> {
  return factsOf(s, "core-object").filter(
    ({ before, text, call }) => (before + text).includes("^C") && callKind(call) === "storage",
  );
}
