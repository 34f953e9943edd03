/** Thrown when this program itself is wrong; bad input is a `Result`, a refusing heap a `HeapPanic`. */
export class AssertionError extends Error {
  override readonly name = "AssertionError";
}

/** Stops on a bug of our own. `what` says what was expected to hold. */
export function assert(holds: boolean, what: string): asserts holds {
  if (!holds) throw new AssertionError(what);
}
