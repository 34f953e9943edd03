// How the lines begin that are read from a console or from xtest, and whether one lacks its end.
import type { Grammar } from "../text/line.ts";
import { LEVELS, voiceOf } from "./facts/voice.ts";
import { senderAt } from "./leak_bytes.ts";
import { leakState } from "./leak_form.ts";

/** The labels of `xtest --stats`, however blanks stand in them. */
const LABEL =
  /\b(?:pool\s{0,30}:|max\s{1,9}bytes\s{1,9}allocated|bytes\s{1,9}allocated|fragmentation\s{0,9}:|size\s{1,9}of\s{1,9}(?:pool|larges)|number\s{1,9}of\s{1,9}failed|total\s{1,9}bytes\s{1,9}allocated|ta\(|panicked\(|session\s{1,9}number\(|heap\s{1,9}status:|pager\s{1,9}statistics|(?:ta)?heap\s{0,9}:\s{0,9}heap_size|[rt]ee\s{1,9}time:|xtest:\s{1,9}TEEC_)/i;
/** No line of these kinds lacks all of them. */
const HINT = /\/T[CA]:|\/LD:|TEE-CORE|USER-TA|ytes|heap_size|pool|agment|umber|size|a\(|d\(|stat|time:|TEEC_/i;

const COUNTER =
  /^(?:max\s{1,9}bytes|bytes|fragmentation|size\s{1,9}of|number\s{1,9}of\s{1,9}failed|total\s{1,9}bytes)/i;
const WHOLE_COUNTER = /:\s{0,60}-?[\d.,']{1,14}(?:\s{0,9}%)?$/;

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
};
