// Who prints a line of the secure console, whatever stands before: another world's letters, `^C`, brackets, colours.
import type { Speaker } from "./row.ts";

/** The speaker of a line, and where its words begin. */
export interface Voice {
  readonly speaker: Speaker;
  /** `E`, `I`, `D`, `F` or `M`. */
  readonly level: string;
  /** Index of its first character, and of the first behind it. */
  readonly at: number;
  readonly end: number;
}

/** Letters of the levels: error, information, debug, flow, message. */
export const LEVELS = "EIDFM";
/** Two letters and a colon stand behind the level and its slash: `E/TC:`, since 3.0. */
const SPEAKERS: ReadonlyMap<string, Speaker> = new Map([
  ["TC:", "core"],
  ["TA:", "ta"],
  ["LD:", "loader"],
]);
/** `ERROR:   TEE-CORE:`, before. */
const OLD = /\b(ERROR|DEBUG|INFO|FLOW|MESSAGE): {0,8}(?:\[0x[\da-f]{1,4}\] )?(TEE-CORE|USER-TA):/;

/** The first speaker in a line; `undefined` where the normal world prints it. */
export function voiceOf(text: string): Voice | undefined {
  for (let at = text.indexOf("/"); at > 0; at = text.indexOf("/", at + 1)) {
    const second = text.charCodeAt(at + 2);
    if (second !== C && second !== A && second !== D) continue;
    const speaker = SPEAKERS.get(text.slice(at + 1, at + 4));
    const level = text.charAt(at - 1);
    if (speaker !== undefined && LEVELS.includes(level)) return { speaker, level, at: at - 1, end: at + 4 };
  }
  return text.includes("TEE-CORE:") || text.includes("USER-TA:") ? oldVoice(text) : undefined;
}

const [C, A, D] = [67, 65, 68];

function oldVoice(text: string): Voice | undefined {
  const found = OLD.exec(text);
  if (found === null) return undefined;
  const [all, level = "", who] = found;
  const speaker = who === "TEE-CORE" ? "core" : "ta";
  return { speaker, level: level.slice(0, 1), at: found.index, end: found.index + all.length };
}
