// What ldelf and the core say while a TA is loaded: OP-TEE's ldelf/ and core/kernel/ldelf_*.c, embedded_ts.c, 3.x to 4.10.
import { TELLING_WORDS } from "./codes.ts";
import type { FactRow } from "./row.ts";

export const LOADER_ROWS = [
  {
    kind: "load-step",
    words: ["sys_"],
    by: "loader",
    form: /\b(sys_(?:map_zi|remap|map_ta_bin|open_ta_bin|copy_from_ta_bin|set_prot))\b/,
  },
  // Its own heap has four pages.
  {
    kind: "loader-heap",
    words: ["alloc", "queue_elf"],
    by: "loader",
    levels: "E",
    form: /:\d+ (?:[cm]alloc|queue_elf_helper)\s?$/,
  },
  {
    kind: "load-failed",
    words: TELLING_WORDS,
    form: /(?:with_ldelf:(\d+) )?ldelf failed with res|init session failed/,
    coded: "telling",
  },
  { kind: "load-lookup", words: TELLING_WORDS, after: /ldelf_syscall_/, form: /:\d+ res=/, coded: "telling" },
  { kind: "decompress", words: ["Decompression"], form: /read_compressed:\d+ Decompression error/ },
] as const satisfies readonly FactRow[];
