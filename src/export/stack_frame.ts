// The frames of a stack, as viewers show them.
import { placeParts } from "../base/place_parts.ts";
import { printable } from "../base/printable.ts";
import type { RecordedTrace, Site } from "../replay/trace_columns.ts";

/** A frame of a stack. */
export interface StackFrame {
  /** Function; where none is known, the place. */
  readonly func: string;
  /** Empty where none is known, and where the place stands for the function: viewers would show it twice. */
  readonly file: string;
  /** 0 where there is none. */
  readonly line: number;
}

/** The call site. */
export function siteFrame({ func, place }: Pick<Site, "func" | "place">): StackFrame {
  if (func === "" || func === place) return named(place || "unknown");
  const { file, line } = placeParts(place);
  return { func: printable(func), file: printable(file), line };
}

/** The entry into the TA: `invoke 3`. */
export function commandFrame(name: string): StackFrame {
  return named(name || "(no name)");
}

/** The test or command that ran. */
export function markFrame(trace: RecordedTrace, mark: number): StackFrame {
  return named(trace.marks[mark]?.name || "(before the first mark)");
}

/** The heap, which everything grows from. */
export function heapFrame({ context }: Pick<RecordedTrace, "context">): StackFrame {
  return named(`heap ${context || "without a name"}`);
}

function named(name: string): StackFrame {
  return { func: printable(name), file: "", line: 0 };
}

/** `func (file:line)`. */
export function frameText({ func, file, line }: StackFrame): string {
  return file === "" ? func : `${func} (${file}${line === 0 ? "" : `:${line}`})`;
}
