/** Frames that a stack keeps: those of a TA lie below those of the host, and the engine's own limit is 10. */
export const DEEP_STACK = 64;

/** An error whose stack reaches through the host to the code of the TA that called it. */
export class DeepError extends Error {
  constructor(message: string, frames = DEEP_STACK) {
    const before = Error.stackTraceLimit;
    Error.stackTraceLimit = frames;
    super(message);
    Error.stackTraceLimit = before;
  }
}
