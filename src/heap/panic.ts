// The end of a heap, as an error.
import { DeepError } from "../base/deep_error.ts";

/**
 * A heap that cannot go on: where the C code fails an assertion, or would touch memory that is not there.
 * `func` is the C function whose assertion fails (OP-TEE 4.0.0), or `data-abort`.
 */
export class HeapPanic extends DeepError {
  override readonly name = "HeapPanic";
  readonly func: string;
  /** Offset of the block (or pointer) at fault; may lie outside the heap. */
  readonly at: number;
  readonly what: string;

  constructor(func: string, at: number, what: string, explanation = "") {
    super(`${func}: ${what} (at offset ${at})${explanation && `: ${explanation}`}`);
    this.func = func;
    this.at = at;
    this.what = what;
  }
}

/** Ends the operation with a `HeapPanic`. */
export function panic(func: string, at: number, what: string): never {
  throw new HeapPanic(func, at, what);
}
