// What the snapshots of a heap tell, as a type.
import type { SiteChange } from "../../analyze/leak/diff.ts";
import type { SiteGrowth } from "../../analyze/leak/growth.ts";
import type { SiteCount } from "../../analyze/leak/snapshot.ts";
import type { Suspect } from "../../analyze/leak/three.ts";
import type { Printable } from "../../base/printable.ts";
import type { Paint } from "../../view/terminal/paint.ts";

/** A call site that holds something; `library`: what the block is, where no line of the program took it. */
type ListedSite = SiteCount & { readonly site: string; readonly library?: string };

/** What there is of each call site, by what was compared. */
type LeakRows =
  | { readonly kind: "snapshot"; readonly rows: readonly ListedSite[] }
  | { readonly kind: "two"; readonly rows: readonly SiteChange[] }
  | { readonly kind: "three"; readonly rows: readonly Suspect[] }
  | { readonly kind: "many"; readonly rows: readonly SiteGrowth[] }
  | { readonly kind: "incomparable"; readonly rows: readonly [] };

/** One heap's answer before snapshots were left out. */
export type Told = LeakRows & {
  readonly text: (paint: Paint) => readonly Printable[];
  /** Whether something grew, or leaks; "unknown" where that cannot be told. */
  readonly grew: "yes" | "no" | "unknown";
  /** The call sites that grew or leak, and what is said of each. */
  readonly leaks: readonly SiteLeak[];
};

/** One heap's answer. */
export type LeakAnswer = Told & {
  /** Snapshots that were left out, as they are cut or not to be read. */
  readonly leftOut: number;
};

/** What is said of a call site, in a sentence without an end. */
export interface SiteLeak {
  readonly kind: "leak" | "heap-growth";
  readonly site: string;
  readonly text: string;
}
