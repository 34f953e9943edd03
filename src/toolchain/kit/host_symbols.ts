// The symbols of OP-TEE's libraries that the host gives: system calls, and the malloc family.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** The malloc family wherever its headers declare more than they do of this release. */
const MALLOC = [
  "malloc",
  "calloc",
  "realloc",
  "memalign",
  "aligned_alloc",
  "free",
  "free_wipe",
  "__mdbg_alloc",
  "mdbg_get_ta_stats",
];

const ALLOCATES = /\b(?:raw|nex|mdbg|__mdbg)_\w+(?=\s*\()|\b(?:malloc|free)_\w+(?=\s*\()/g;
const SYSTEM_CALL = /\b_utee_\w+(?=\s*\()/g;

/** Every name that a TA may import. Names that a header declares and that libraries define none the less do no harm. */
export function hostSymbols(include: string): string[] {
  const calls = names(join(include, "utee_syscalls.h"), SYSTEM_CALL);
  return [...new Set([...calls, ...mallocFamily(include)])].sort();
}

/** The functions that bget_malloc.c gives to others. */
export function mallocFamily(include: string): string[] {
  return [...new Set([...MALLOC, ...names(join(include, "malloc.h"), ALLOCATES)])].sort();
}

function names(path: string, functions: RegExp): string[] {
  return existsSync(path) ? [...readFileSync(path, "utf8").matchAll(functions)].map(([name]) => name) : [];
}
