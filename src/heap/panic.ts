// The end of a heap, as an error.
import { DeepError } from "../base/deep_error.ts";

/** What more is known of a panic than where the C code met it. */
export interface PanicDetails {
  /** Offset that the program gave. */
  readonly pointer?: number;
  /** Address of `pointer`, or of `at` where no pointer was given. */
  readonly address?: number;
  /** `file:line` of who allocated the block there. */
  readonly site?: string | null;
  /** Ends the message: what the pointer points at. */
  readonly explanation?: string;
}

/**
 * A heap that cannot go on: where the C code fails an assertion, or would touch memory that is not there. The message has all
 * that the fields have.
 */
export class HeapPanic extends DeepError {
  override readonly name = "HeapPanic";
  /** The C function whose assertion fails (OP-TEE 4.0.0), `data-abort`, or the function of the library that refuses. */
  readonly func: string;
  /** Offset of the block (or pointer) at fault; may lie outside the heap, and be negative. */
  readonly at: number;
  /** What is wrong there. */
  readonly what: string;
  /** Offset that was to be freed, moved or viewed; undefined where the panic is about none. */
  readonly pointer: number | undefined;
  /** Address that C would see: of `pointer`, or of `at` where there is no pointer. Undefined where it is not known. */
  readonly address: number | undefined;
  /** `file:line` of who allocated the block there, or the last to have it; undefined where no leak header says so. */
  readonly site: string | undefined;

  constructor(func: string, at: number, what: string, details: PanicDetails = {}) {
    const { explanation = "", pointer, address, site } = details;
    super(`${func}: ${what} (${placeText(at)})${explanation && `: ${explanation}`}`);
    this.func = func;
    this.at = at;
    this.what = what;
    this.pointer = pointer;
    this.address = address;
    this.site = site ?? undefined;
  }
}

/** Ends the operation with a `HeapPanic`. */
export function panic(func: string, at: number, what: string): never {
  throw new HeapPanic(func, at, what);
}

/** A place that a damaged link or a wrong pointer leads to may be before the memory, or beyond all numbers that are exact. */
function placeText(at: number): string {
  if (at < 0) return "before the memory";
  return at > Number.MAX_SAFE_INTEGER ? "far behind the memory" : `at offset ${at}`;
}
