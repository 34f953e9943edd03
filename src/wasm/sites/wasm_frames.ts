// Where the functions of a module are on the stack at this moment: what V8 and SpiderMonkey write of it in an error.

/** A function of a module that is on the stack. */
export interface WasmFrame {
  /** Number of the function in its module. */
  readonly index: number;
  /** Offset of the instruction that was reached, from the first byte of what is run. */
  readonly offset: number;
}

/** Frames that are looked at; a deeper stack loses its outermost ones. */
const DEEPEST = 128;
const FRAME = /([^\s(@]*):wasm-function\[(\d+)\]:0x([0-9a-f]+)/;

/** The stack as the engine writes it. It costs some microseconds, and a text of a few hundred characters. */
export function stackHere(): string {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST;
  // Made for its stack alone.
  const { stack } = new Error("stack");
  Error.stackTraceLimit = before;
  return stack ?? "";
}

/** The frames of the module that is innermost on a stack, from there outwards. */
export function wasmFrames(stack: string): WasmFrame[] {
  const frames: WasmFrame[] = [];
  let own: string | undefined;
  for (const line of stack.split("\n")) {
    const [, module, index, offset] = FRAME.exec(line) ?? [];
    if (index === undefined) continue;
    own ??= module;
    // Behind another module's begins who called this one.
    if (module !== own) break;
    frames.push({ index: Number(index), offset: Number.parseInt(offset ?? "0", 16) });
  }
  return frames;
}
