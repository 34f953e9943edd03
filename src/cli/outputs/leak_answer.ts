// What the snapshots of a heap tell, as a type.
import type { Printable } from "../../base/printable.ts";
import type { Paint } from "../../view/terminal/paint.ts";

/** One heap's answer. */
export interface LeakAnswer {
  readonly kind: "snapshot" | "two" | "three" | "many" | "incomparable";
  /** As JSON. */
  readonly rows: readonly object[];
  readonly text: (paint: Paint) => readonly Printable[];
  /** Whether something grew, or leaks; "unknown" where that cannot be told. */
  readonly grew: "yes" | "no" | "unknown";
  /** The call sites that grew or leak, and what is said of each. */
  readonly leaks: readonly SiteLeak[];
  /** Snapshots that were left out, as they are cut or not to be read. */
  readonly leftOut: number;
}

/** What is said of a call site, in a sentence without an end. */
export interface SiteLeak {
  readonly kind: "leak" | "heap-growth";
  readonly site: string;
  readonly text: string;
}

/** The same before snapshots were left out. */
export type Told = Omit<LeakAnswer, "leftOut">;
