// The record of one command: the heaps before, during and after it.
import type { Entry } from "../kernel/ta_instance.ts";
import type { SiteHold } from "./ledger.ts";

/** A heap around one command, in bytes with headers. */
export interface HeapSpan {
  readonly before: number;
  /** Most that was allocated from entry to exit, both included. */
  readonly peak: number;
  readonly after: number;
  /** `after` less `before`. */
  readonly growth: number;
}

/** One entry into a TA and its memory. */
export interface CommandRecord {
  readonly uuid: string;
  readonly name: string;
  /** Counts up from 1 over all loadings since the boot. */
  readonly instance: number;
  readonly entry: Entry;
  readonly session: number;
  /** Only with entry "invoke". */
  readonly command: number;
  /** Event numbers of entry and exit. */
  readonly from: number;
  readonly to: number;
  /** TEE code. */
  readonly code: number;
  /** The TA's own heap. */
  readonly heap: HeapSpan;
  /** The core heap meanwhile. */
  readonly core: HeapSpan;
  /** The loader's heap for this instance. */
  readonly loader: HeapSpan;
  /** False if another TA was inside at some time of the command: then `core` may show that one's doing as well. */
  readonly alone: boolean;
  /** Blocks that the TA allocated and freed in the command, and requests that its heap refused. */
  readonly allocations: number;
  readonly frees: number;
  readonly refused: number;
  /** The holders of the TA heap at the command's peak, largest first. */
  readonly holders: readonly SiteHold[];
}
