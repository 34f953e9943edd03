// What TAs say: their own texts at any level, libutee's (lib/libutee/, 3.x to 4.10) and those of the PKCS#11 TA (ta/pkcs11).
import { TELLING_WORDS } from "./codes.ts";
import type { FactRow } from "./row.ts";

const FAILED =
  /fail|error|cannot|can't|could ?n[o']t|unable|out of mem|no mem|refused|not enough|insufficient|== ?NULL/i;
const FINE = /\bno (?:error|failure)|without error|\b(?:ok|okay|success|succeeded|successful|successfully)\b/i;
/** They take from the core heap. The PKCS#11 TA prints `TEE_AllocateOp.` for an algorithm that is unknown, too. */
const OBJECT =
  /\bTEE_(?:Allocate(?!Op\.)|Generate|Copy|Derive|Digest|Cipher|MAC|AE|Asymmetric|Set[OT]|Populate|Create|Open|Write|Read|Truncate|Rename)/;

export const APP_ROWS = [
  { kind: "pkcs11-operation", words: ["TEE_AllocateOp."], by: "ta", form: /\bTEE_AllocateOp\. failed/ },
  // What only says that a call begins is no failure.
  {
    kind: "core-object",
    words: ["TEE_"],
    by: "ta",
    levels: "EM",
    has: FAILED,
    unless: FINE,
    form: OBJECT,
    coded: "oom or none",
  },
  { kind: "core-object", words: TELLING_WORDS, by: "ta", levels: "DIF", form: OBJECT, coded: "oom" },
  {
    kind: "ta-malloc",
    words: ["alloc", "strdup"],
    by: "ta",
    has: FAILED,
    unless: FINE,
    form: /\b(TEE_Malloc|TEE_Realloc|[cm]alloc|realloc|strdup)\b/,
    coded: "oom or none",
  },
  {
    kind: "ta-malloc",
    words: ["memory", "alloc", "refused"],
    by: "ta",
    levels: "EM",
    unless: FINE,
    has: FAILED,
    form: /()\b(?:out of|no|not enough|insufficient) memory\b|\b(?:[mc]|re)?alloc[a-z]{0,7}\b(?!:)|\brefused (?:a )?(?:block|buffer|bytes|\d)/i,
    coded: "oom or none",
    otherwise: true,
  },
  // TEE_CheckMemoryAccessRights and its like refused a parameter (lib/libutee/tee_api.c).
  { kind: "parameter-refused", words: ["check_res"], by: "ta", form: /check_res:\d+ \[\w*\]: error/ },
  // A trace of a call, without a failure.
  {
    kind: "ta-trace",
    words: ["alloc", "TEE_", "memory"],
    by: "ta",
    has: FINE,
    form: /\bTEE_|alloc|memory/,
  },
  { kind: "ta-trace", words: ["alloc", "TEE_"], by: "ta", unless: FAILED, form: /\bTEE_|\b[cm]alloc\b|\brealloc\b/ },
  { kind: "ta-code", words: TELLING_WORDS, by: "ta", form: /()/, coded: "telling" },
] as const satisfies readonly FactRow[];
