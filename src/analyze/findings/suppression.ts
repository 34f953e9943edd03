// Suppressions: which findings a user does not want to see, in a text that can be written by hand (docs/memcheck.md).
import { err, ok, type Result } from "../../base/result.ts";
import { FINDING_KINDS } from "../../tee/monitor/finding.ts";

/** A frame of a pattern: `*` stands for any characters. */
interface FramePattern {
  readonly func: string;
  /** A file, or `file:line`; empty for any. */
  readonly place: string;
}

/** What is not shown. */
export interface Suppression {
  /** Its first line in the text, from 1. */
  readonly line: number;
  /** What its comment says; empty without one. */
  readonly why: string;
  /** A kind, or `*` for all. */
  readonly kind: string;
  /** UUID or name of the TA, with `*`. */
  readonly ta: string;
  /** From the innermost frame on; `null` stands for any number of frames. */
  readonly frames: readonly (FramePattern | null)[];
}

/** Any number of frames. */
export const ANY_FRAMES = "...";

/** Reads suppressions. The error has the line. */
export function parseSuppressions(text: string): Result<Suppression[]> {
  const found: Suppression[] = [];
  let comment: string[] = [];
  let frames: (FramePattern | null)[] | null = null;
  for (const [n, raw] of text.split("\n").entries()) {
    const words = raw.split(/[ \t\r]/).filter((word) => word !== "");
    const [first = ""] = words;
    if (first === "") comment = [];
    else if (first.startsWith("#")) comment.push(raw.trim().replace(/^#{1,9} ?/, ""));
    else if (/^[ \t]/.test(raw)) {
      const frame = frameOf(words);
      if (frames === null || frame === undefined) return err(`line ${n + 1}: ${FRAME}`);
      frames.push(frame);
    } else {
      const head = headOf(words);
      if (head === null) return err(`line ${n + 1}: ${HEAD}`);
      frames = [];
      found.push({ line: n + 1, why: comment.join(" "), ...head, frames });
      comment = [];
    }
  }
  return ok(found);
}

const HEAD = `a suppression begins with a kind of finding (${Object.keys(FINDING_KINDS).join(", ")} or *), then perhaps "in" and a TA`;
const FRAME = `a line with an indent is a frame below a kind: a function, then perhaps its file; or ${ANY_FRAMES}`;

function headOf([kind = "", word, ta = "*", ...more]: readonly string[]): Pick<Suppression, "kind" | "ta"> | null {
  const isKind = kind === "*" || Object.hasOwn(FINDING_KINDS, kind);
  if (!isKind || more.length > 0 || (word !== undefined && word !== "in")) return null;
  return { kind, ta };
}

function frameOf([func = "", place = "", ...more]: readonly string[]): FramePattern | null | undefined {
  if (more.length > 0) return undefined;
  return func === ANY_FRAMES && place === "" ? null : { func, place };
}
