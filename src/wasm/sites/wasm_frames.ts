// Where the functions of a module are on the stack at this moment: what V8 and SpiderMonkey write of it in an error.
import { DeepError } from "../../base/deep_error.ts";

/** A function of a module that is on the stack. */
export interface WasmFrame {
  /** In the module that was entered, not in a library that it loaded. */
  readonly own: boolean;
  /** Number of the function in what is run. */
  readonly index: number;
  /** Offset of the instruction that was reached, from the first byte of what is run. */
  readonly offset: number;
}

/** Frames that are looked at; a deeper stack loses its outermost ones. */
const DEEPEST = 128;
/** Functions of the host between two modules of a TA. */
const MOST_BETWEEN = 3;
const FRAME = /:wasm-function\[(\d+)\]:0x([0-9a-f]+)/;

/** The stack as the engine writes it. It costs some microseconds, and a text of a few hundred characters. */
export function stackHere(): string {
  // Made for its stack alone.
  return new DeepError("stack", DEEPEST).stack ?? "";
}

/** The frames of the TA that is innermost on a stack, from there outwards: of its module, and of libraries that it loaded. */
export function wasmFrames(stack: string): WasmFrame[] {
  const frames: { module: string; index: number; offset: number }[] = [];
  let between = 0;
  for (const line of stack.split("\n")) {
    const found = FRAME.exec(line);
    if (found === null) between++;
    // Behind the kernel's own functions begins the TA that called this one.
    else if (frames.length > 0 && between > MOST_BETWEEN) break;
    else {
      const [, index, offset = "0"] = found;
      const module =
        line
          .slice(0, found.index)
          .split(/[\s(@]/)
          .at(-1) ?? "";
      frames.push({ module, index: Number(index), offset: Number.parseInt(offset, 16) });
      between = 0;
    }
  }
  const entered = frames.at(-1)?.module;
  return frames.map(({ module, ...frame }) => ({ own: module === entered, ...frame }));
}
