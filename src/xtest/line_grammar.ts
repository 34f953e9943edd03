// How the lines begin that are read from a console or from xtest, and whether one lacks its end.
import type { Grammar } from "../text/line.ts";
import { LEVELS, voiceOf } from "./facts/voice.ts";
import { senderAt } from "./leak_bytes.ts";
import { leakState } from "./leak_form.ts";
import { readNumber } from "./printed_number.ts";

/** The labels of `xtest --stats`, however blanks stand in them. */
const LABEL =
  /\b(?:pool\s{0,30}:|max\s{1,9}bytes\s{1,9}allocated|bytes\s{1,9}allocated|fragmentation\s{0,9}:|size\s{1,9}of\s{1,9}(?:pool|larges)|number\s{1,9}of\s{1,9}failed|total\s{1,9}bytes\s{1,9}allocated|ta\(|panicked\(|session\s{1,9}number\(|heap\s{1,9}status:|pager\s{1,9}statistics|(?:ta)?heap\s{0,9}:\s{0,9}heap_size|[rt]ee\s{1,9}time:|xtest:\s{1,9}TEEC_)/i;
/** No line of these kinds lacks all of them. */
const HINT = /\/T[CA]:|\/LD:|TEE-CORE|USER-TA|ytes|heap_size|pool|agment|umber|size|a\(|d\(|stat|time:|TEEC_/i;

const COUNTER =
  /^(?:max\s{1,9}bytes|bytes|fragmentation|size\s{1,9}of|number\s{1,9}of\s{1,9}failed|total\s{1,9}bytes)/i;
const WHOLE_COUNTER = /:\s{0,60}-?[\d.,']{1,14}(?:\s{0,9}%)?$/;
const ERROR = /fail|error|panic|abort|assert|refus|unable|cannot|out of|not enough/i;
/** The line of `tee-stats`, without its last value or with it. */
const OLD_LINE = /heap_size \d/;
const OLD_END = /biggest_fail_used \d/;
/** What a number or a word may end with. */
const WORD_END = /[\w:./,'-]$/;
/** Counters of the allocator's bytes, which are multiples of the least block on either word size. */
const BYTES = /^(?:max|bytes|total|size\s{1,9}of\s{1,9}pool)/i;
const GRAIN = 8;

const SLASH = 47;
const COLON = 58;
const LETTERS = new Set([...LEVELS].map((letter) => letter.charCodeAt(0)));

/** The lines of OP-TEE's console and of `xtest --stats`. */
export const LINE_GRAMMAR: Grammar = {
  anchorIn(text) {
    if (!HINT.test(text)) return -1;
    const voice = voiceOf(text)?.at ?? -1;
    const label = LABEL.exec(voice < 0 ? text : text.slice(0, voice))?.index ?? -1;
    return label < 0 ? voice : label;
  },
  startsAt(bytes, from, to) {
    if (to - from < 6 || bytes[from + 1] !== SLASH || bytes[from + 4] !== COLON) return false;
    return LETTERS.has(bytes[from] as number) && senderAt(bytes, from + 2) >= 0;
  },
  stateOf(text) {
    const leak = leakState(text);
    if (leak !== null) return leak;
    if (!COUNTER.test(text)) return "other";
    return WHOLE_COUNTER.test(text) ? "whole" : "open";
  },
  tellsError: (text) => !LABEL.test(text) && (voiceOf(text)?.level === "E" || ERROR.test(text)),
  endOf(text) {
    if (isUnclosed(text) || (OLD_LINE.test(text) && !OLD_END.test(text))) return "torn";
    const leak = leakState(text);
    if (leak !== null) return leak === "open" && WORD_END.test(text) ? "torn" : "figure";
    if (voiceOf(text) !== undefined) return "words";
    if (!WORD_END.test(text)) return "sure";
    if (!COUNTER.test(text)) return "figure";
    const value = readNumber(text.slice(text.lastIndexOf(":") + 1));
    if (value === undefined || (value % GRAIN > 0 && BYTES.test(text))) return "torn";
    return value === 0 ? "sure" : "figure";
  },
};

/** A parenthesis or a bracket opens, and none closes behind it. */
function isUnclosed(text: string): boolean {
  const last = (...signs: readonly string[]): number => Math.max(...signs.map((sign) => text.lastIndexOf(sign)));
  return last("(", "[") > last(")", "]");
}
