// Finds the caller of a function in its call stack.

/** `file` and `line` of a call. */
export interface CallSite {
  readonly file: string;
  readonly line: number;
}

/** Segments of a path that stay in a file's name. */
const SEGMENTS = 2;

type Capture = (into: object, below: unknown) => void;

/** The call of `called` that is under way; undefined where the engine has no call stack. */
export function callerSite(called: unknown): CallSite | undefined {
  const { captureStackTrace: capture } = Error as { captureStackTrace?: Capture };
  if (capture === undefined) return undefined;
  const holder: { readonly stack?: string } = {};
  capture(holder, called);
  return siteInStack(holder.stack ?? "");
}

/**
 * The first call site that a call stack names, as V8, Firefox or Safari write it. Of the path its last two segments stay:
 * `src/game.ts`.
 */
export function siteInStack(stack: string): CallSite | undefined {
  for (const line of stack.split("\n")) {
    const site = siteInFrame(line.trim());
    if (site !== undefined) return site;
  }
  return undefined;
}

/** `at step (file:///a/game.js:12:5)`, `at file:///a/game.js:12:5`, or `step@file:///a/game.js:12:5`. */
function siteInFrame(frame: string): CallSite | undefined {
  const end = frame.endsWith(")") ? frame.length - 1 : frame.length;
  const column = frame.lastIndexOf(":", end);
  const row = frame.lastIndexOf(":", column - 1);
  const line = Number(frame.slice(row + 1, column));
  if (row < 1 || !Number.isInteger(line) || line < 1) return undefined;
  const path = frame.slice(pathStart(frame), row).split("?")[0] ?? "";
  return { file: path.split(/[\\/]/).slice(-SEGMENTS).join("/"), line };
}

function pathStart(frame: string): number {
  if (!frame.startsWith("at ")) return frame.indexOf("@") + 1;
  const parenthesis = frame.lastIndexOf(" (");
  return parenthesis < 0 ? "at ".length : parenthesis + " (".length;
}
