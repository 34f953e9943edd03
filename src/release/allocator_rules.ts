// What differs between releases in the allocator: bget.c and bget_malloc.c in upstream's lib/libutils/isoc.
import type { LeakLayout } from "./leak_fields.ts";

export interface AllocatorRules {
  /** Where the fields of a leak header stand. */
  readonly leakLayout: LeakLayout;
}
