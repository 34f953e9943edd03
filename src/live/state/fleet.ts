// What a fleet offers to whoever draws it.
import type { Result } from "../../base/result.ts";
import type { FleetChange } from "./change.ts";
import type { SystemState } from "./state.ts";

/** Several systems that are watched side by side. One that hangs delays no other. */
export interface Fleet extends AsyncDisposable {
  /** In the order in which they were given; each object stays as it is, and is replaced by a change. */
  readonly systems: readonly SystemState[];
  /** Every change as it comes, until the returned function is called. */
  listen(hear: (change: FleetChange) => void): () => void;
  /** Milliseconds from question to question of each system. */
  setPeriod(ms: number): void;
  /** Asks nothing while true; what comes by itself is still heard. */
  pause(paused: boolean): void;
  /** Sets maxima and counters of failures of all pools back, where `can.resetMaxima`. */
  resetMaxima(system: string): Promise<Result<void>>;
  /** Live blocks of a heap by call site, most bytes first, where `can.liveBlocks`. */
  liveBlocks(system: string, heap: string): Promise<Result<LiveSites>>;
  /** Nobody hears of an alarm until then, in milliseconds on the clock; null ends that. */
  silence(system: string, rule: string, heap: string, until: number | null): void;
}

/** What a heap holds, by call site. */
export interface LiveSites {
  /** Most bytes first; equal ones by name. */
  readonly sites: readonly SiteBytes[];
  /** What call sites were given since the watching of the heap began, freed or not; absent where the system tells no events. */
  readonly given?: readonly SiteBytes[];
  /** Whether bytes count headers (`taken`), or are those that were asked for. */
  readonly bytes: "taken" | "requested";
}

/** What one call site holds. */
export interface SiteBytes {
  /** `file:line`; "before" for blocks older than the watching, "unknown" where no name is known. */
  readonly site: string;
  readonly blocks: number;
  readonly bytes: number;
}
