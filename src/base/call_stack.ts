// A call stack as one text, so that it can be told from others, kept once and sent once.

/** A function on the way to a heap operation. */
export interface CallFrame {
  /** Empty where the program does not say. */
  readonly func: string;
  /** `file:line` in it: of the operation, or of the call that leads to the frame before; empty where nobody knows. */
  readonly place: string;
}

/** A line for each frame, the innermost first: its place, a tab, its function. */
export function writeCallStack(frames: readonly CallFrame[]): string {
  return frames.map(({ func, place }) => `${plain(place)}\t${plain(func)}`).join("\n");
}

/** The frames of such a text; none of an empty one. */
export function readCallStack(text: string): CallFrame[] {
  if (text === "") return [];
  return text.split("\n").map((line) => {
    const [place = "", func = ""] = line.split("\t");
    return { func, place };
  });
}

/** The frames of such a text in one line, for people: `inner (ta/x.c:31) < outer (ta/x.c:40)`. */
export function callStackLine(text: string): string {
  return readCallStack(text)
    .map(({ func, place }) => (place === "" ? func : `${func} (${place})`))
    .join(" < ");
}

/** Names come from files: what separates frames is no part of them. */
function plain(name: string): string {
  return name.replace(/[\t\n]/g, " ");
}
