// What OP-TEE 4.0.0's TA library allocates around an application's entry points: lib/libutee/user_ta_entry.c and tcb.c.
import { calloc, free, malloc } from "../../malloc/malloc.ts";
import type { TaInstance } from "../kernel/ta_instance.ts";

const TCB = "lib/libutee/tcb.c";
const ENTRY = "lib/libutee/user_ta_entry.c";

/** Start-up of the library: the pool of big numbers stays, the search for initializers comes and goes. False: no room. */
export function startLibrary({ heap }: TaInstance): boolean {
  const pool = calloc(heap, 1, 24, "lib/libutils/ext/mempool.c", 121);
  const headers = calloc(heap, 1, 64, TCB, 190);
  const initializers = malloc(heap, 80, ENTRY, 64);
  free(heap, headers, TCB, 205);
  free(heap, initializers, ENTRY, 134);
  return pool !== 0 && headers !== 0 && initializers !== 0;
}

/** The search for finalizers, when an instance ends. */
export function stopLibrary({ heap }: TaInstance): void {
  const headers = calloc(heap, 1, 64, TCB, 190);
  free(heap, headers, TCB, 205);
}

/** Enters a session in the library's list. Returns its block, or 0. */
export function addSession({ heap }: TaInstance): number {
  return malloc(heap, 32, ENTRY, 233);
}

/** Takes a session out of the list. */
export function removeSession({ heap }: TaInstance, block: number): void {
  free(heap, block, ENTRY, 252);
}
