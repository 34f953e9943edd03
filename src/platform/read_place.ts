// Parses `file:line`, or `?` for an unknown call site.
import type { Place } from "./platform.ts";

/** What a place may look like, for messages. */
export const PLACE_FORM = "FILE:LINE, or ? where it is unknown";

/** null for what is no place. What follows a `?`, like an address, is for readers. */
export function readPlace(text: string): Place | null {
  if (text.startsWith("?")) return { file: null, line: 0 };
  const colon = text.lastIndexOf(":");
  const line = text.slice(colon + 1);
  return colon > 0 && /^\d{1,5}$/.test(line) ? { file: text.slice(0, colon), line: Number(line) } : null;
}
