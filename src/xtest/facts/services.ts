// What services on top of the TEE say: PKCS#11 (libckteec, pkcs11-tool, the TA), Android's Keymaster, a TPM in a TA.
import type { FactRow } from "./row.ts";

export const SERVICE_ROWS = [
  {
    kind: "pkcs11-memory",
    words: ["CKR_DEVICE_MEMORY"],
    unless: /expected 0x31\b/,
    form: /\b(?:PKCS11_)?CKR_DEVICE_MEMORY\b/,
  },
  {
    kind: "pkcs11-memory",
    words: ["0x31", "0x00000031"],
    has: /\bC_[A-Z]/,
    form: /\b(?:rv|ret|rc) ?[=:]? ?0x(?:0{6})?31\b/,
  },
  { kind: "pkcs11-host", words: ["CKR_HOST_MEMORY"], form: /\bCKR_HOST_MEMORY\b/ },
  { kind: "pkcs11-other", words: ["CKR_"], form: /\bCKR_(?:GENERAL_ERROR|FUNCTION_FAILED|DEVICE_ERROR)\b/ },
  { kind: "pkcs11-named", words: ["PKCS11", "tee2pkcs"], by: "ta", form: /\bPKCS11[_ ]|\btee2pkcs_/ },
  {
    kind: "keymaster-memory",
    words: ["ALLOCATION_FAILED"],
    form: /\bMEMORY_ALLOCATION_FAILED\b|KM_ERROR_MEMORY_ALLOC/,
  },
  {
    kind: "keymaster-memory",
    words: ["-41", "ffffffd7"],
    has: /err|code|\brc\b|\bret|\bres|status/i,
    form: /[ =:(]-41\b|\b(?:0x)?ffffffd7\b/i,
  },
  { kind: "keymaster-operations", words: ["TOO_MANY"], form: /\bKM_ERROR_TOO_MANY_OPERATIONS\b/ },
  {
    kind: "tpm-memory",
    words: ["tpm"],
    form: /TPM2?_RC_(?:OBJECT_|SESSION_)?MEMORY\b|\(2\.0\): out of (?:shared |memory|object)|TPM error \(230[678]\)/i,
  },
  {
    kind: "tpm-memory",
    words: ["0x90", "0x00000902", "0x00000903", "0x00000904"],
    has: /\btpm/i,
    form: /\b0x(?:0{5})?90[234]\b/,
  },
  {
    kind: "tpm-space",
    words: ["tpm", "NV allocation"],
    form: /\bTPM2?_RC_NV_SPACE\b|insufficient space for NV allocation|TPM error \(331\)/i,
  },
] as const satisfies readonly FactRow[];
