// Whose a block is, and the ways to group blocks by it.
import { callStackLine } from "../../base/call_stack.ts";

/** Whose a block is, as far as a recording tells; empty where it does not. */
export interface BlockOwner {
  /** `file:line`. */
  readonly place: string;
  readonly func: string;
  readonly thread: string;
  /** UUID of the TA in which it was made. */
  readonly ta: string;
  /** The TA's command in which it was made. */
  readonly command: string;
  /** The mark in which it was made: a test, or what was run. */
  readonly mark: string;
  /** Who called, as `readCallStack` reads it; absent where it is not known. */
  readonly stack?: string;
}

/** What blocks can be grouped by, and the name of the group of each. */
export const GROUPINGS = {
  site: ({ place, func }: BlockOwner) => place || func || "unknown",
  file: ({ place, func }: BlockOwner) => fileOf(place) || func || "unknown",
  function: ({ func, place }: BlockOwner) => func || place || "unknown",
  ta: ({ ta }: BlockOwner) => ta,
  thread: ({ thread }: BlockOwner) => thread,
  command: ({ command }: BlockOwner) => command,
  mark: ({ mark }: BlockOwner) => mark,
  stack: ({ stack = "", place, func }: BlockOwner) => callStackLine(stack) || place || func || "unknown",
} as const satisfies Readonly<Record<string, (owner: BlockOwner) => string>>;

/** What blocks are grouped by. */
export type Grouping = keyof typeof GROUPINGS;

/** Names of all ways to group blocks by their owner. */
export const GROUPING_NAMES = Object.keys(GROUPINGS) as Grouping[];

/** The file of `file:line`; what has no line is a file as a whole. */
function fileOf(place: string): string {
  const colon = place.lastIndexOf(":");
  return colon < 0 ? place : place.slice(0, colon);
}
