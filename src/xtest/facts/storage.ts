// What secure storage says: OP-TEE's core/tee/tee_fs*.c, tee_ree_fs.c, tee_rpmb_fs.c, 3.x to 4.10.
import type { FactRow } from "./row.ts";

export const STORAGE_ROWS = [
  {
    kind: "storage-buffer",
    words: ["Failed to allocate"],
    by: "secure",
    form: /Failed to allocate (?:plaintext|ciphertext|tmp block|block) buffer/,
  },
  { kind: "rpmb-full", words: ["No space left"], form: /RPMB: No space left/ },
  // An entry of all ones: the file system was written by another layout, or is damaged.
  { kind: "rpmb-fat", words: ["dump_fat"], form: /dump_fat:\d+ flags 0xffffffff, size -1, address 0xffffffff/ },
  { kind: "rpmb-key", words: ["rpmb"], after: /rpmb/i, form: /key not (?:burned|set|programmed)|not yet programmed/i },
] as const satisfies readonly FactRow[];
